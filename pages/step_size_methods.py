import streamlit as st

from lrlab.ui import exercise, frame, reflections, step_size_lab

frame.begin("step_size_methods")

st.markdown(
    """
Every run so far asked you for a rate. There are methods that find the length of each step themselves, from what they
meet on the way. All of them take a step of size $a_t$ in a direction $p_t$:
"""
)
st.latex(r"\theta_{t+1} = \theta_t + a_t\, p_t")
st.markdown(
    """
With $p_t = -\\nabla L$ the size $a_t$ is a learning rate, chosen anew at every step: by trying shorter and shorter steps
(**backtracking**), from the last two gradients (**Barzilai–Borwein**), or from how far down there is to go (**Polyak**).
**Newton** reads the curvature and changes the direction too; **BFGS** pieces that curvature together from gradients.
None of this is free. A step may cost one gradient or a dozen evaluations, so we count both.
"""
)

expected = {
    "newton_fell": "Newton, and its loss falls at every step.",
    "newton_rose": "Newton, though its loss rises far above the start on the way.",
    "bfgs_fell": "BFGS: it learns the curvature as it goes.",
    "armijo_fell": "Backtracking: it never takes a step that does not pay.",
}
question = step_size_lab.Settings("rosenbrock", ("newton", "bfgs", "armijo"), steps=200, rate=1e-3)
asked = reflections.predict(
    "step_size_methods",
    "Rosenbrock's valley, from $(-1.2, 1)$, 200 steps. Backtracking, BFGS and Newton set out together. "
    "Who is the first to arrive, and how?",
    expected,
)


@st.fragment
def lab() -> None:
    """Race methods on one clock, then look at the bill."""
    settings = step_size_lab.choose("step_size_methods")
    race = step_size_lab.watch("step_size_methods", settings)
    st.subheader("The bill")
    st.markdown(
        """
The same journeys, first by steps. Then switch to **evaluations** and see who was cheap: a value counts one, a gradient
one, a Hessian one for each coordinate, as it would cost by differences.
"""
    )
    step_size_lab.bill("step_size_methods", race)
    method = step_size_lab.observe("step_size_methods", race)
    step_size_lab.explain(race)
    step_size_lab.code(race, method)


@st.fragment
def on_a_quadratic() -> None:
    """The rates that gradient methods choose where the curvature is known."""
    step_size_lab.on_a_quadratic("step_size_methods")


@st.fragment
def on_a_pass() -> None:
    """Newton looks for a vanishing slope, and a pass has one."""
    step_size_lab.on_a_pass("step_size_methods")


if asked:
    st.header("Run")
    st.markdown(
        """
Press play, or drag the step. Then race on other ground: the **ravine**, where backtracking pays dearly; **Himmelblau**,
where pure Newton starts on a hill and walks up it. Drag the start to look for trouble.
"""
    )
    step_size_lab.compare("step_size_methods", expected, question)
    lab()
    st.header("The rates they choose")
    st.markdown(
        """
On ground of constant curvature you can hold the chosen rates against the limits you know. The fixed rate keeps to half of
$1/L$, and Barzilai–Borwein begins with it. A run at a fixed rate above $2/L$ is thrown out. The others step over that line
again and again, and gain by it: a long step does no harm while the steep direction is quiet, and nothing else gets
anywhere along the flat one.
"""
    )
    on_a_quadratic()
    st.header("Newton on a pass")
    st.markdown(
        """
Newton jumps to where the slope of its parabola vanishes. On a **pass**, up in one direction and down in the other, that
is the pass itself. Descent leaves it, if slowly. Drag the start to $y \\approx 0.3$ and beyond, and see when Newton
lands in a valley after all, and in which.
"""
    )
    on_a_pass()

st.header("What they ask of you instead")
step_size_lab.asked()

st.header("How it looks from outside")
st.markdown(
    """
**In a log**: with backtracking the loss never rises, and each line took several evaluations. Barzilai–Borwein, Polyak and
pure Newton rise now and then, and that is no alarm; on Rosenbrock's valley Newton goes from 24 to 1412 and is done three
steps later (measured here). **A slope of zero** says that a method has stopped, not that it has arrived: look at the curvature as well.

**Why not always Newton?** A Hessian of two coordinates is four numbers. For a network with a million weights it would be
a million million, and the system to solve is worse. And with **mini-batches** the loss and the slope are noisy: a line
search then compares noise with noise, and two gradients no longer tell a curvature. That is why training still asks you
for a rate.

In two dimensions Barzilai–Borwein shines more than elsewhere: for quadratics in the plane its authors could prove how
fast it is (Barzilai & Borwein 1988). On Rosenbrock's valley it has no such luck: a difference in the last digit of the
start decides where it is after a hundred steps (measured here).
"""
)

exercise.chapter("step_size_methods")
frame.end("step_size_methods")

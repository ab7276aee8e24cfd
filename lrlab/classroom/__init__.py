"""Who did what, when: classes, their people, and everything that was answered, in one database.

Conventions. Every function that does something takes the `Store`, then `who` is acting, then its own arguments, then
`at`, the time in UTC; this package never looks at a clock. `who` is a `Learner`, a `Teacher` or the `Operator` of
`access`, and every function checks it again, in the same transaction as its work. One function is one short
transaction, in which nothing waits for a person: hashing, judging and everything of the screen happens outside it.
What a person may cause is a `Refusal` with a sentence that can be shown to them.

Scores are whole thousandths: 1000 is everything an exercise can give. Names and answers are plain text, whatever
they look like; whoever shows them must show them as text.
"""

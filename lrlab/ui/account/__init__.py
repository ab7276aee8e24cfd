"""Who is here: the store of the classes, the person behind a cookie, and the students' door."""

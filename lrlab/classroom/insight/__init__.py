"""What a teacher sees: who is stuck on what now, what each exercise tells about the class, what the class believes."""

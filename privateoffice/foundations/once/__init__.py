"""One effect for one form: the double click, the back button, two tabs, and the same post sent twice."""

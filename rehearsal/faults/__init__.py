"""The kill and fault runner: every outside call of a look, made to go wrong in every way that it can."""

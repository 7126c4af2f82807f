"""Reading and writing: a folder becomes an Instance, or every fault of it is told; plans come and go as text."""

"""What speaks HTTP: who may ask, what may be sent, what is answered around the pages."""

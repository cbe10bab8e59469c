"""The door: signing in and out, passwords, unified sign-in, and the account behind each request."""

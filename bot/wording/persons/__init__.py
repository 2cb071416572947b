"""The rules on people, teams and suppliers as causes."""

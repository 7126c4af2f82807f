"""From rules and goals to variables and linear rows; knows no solver."""

# Said where the window cannot say it: on the terminal of a second start.
window-in-front = Vekha is already open: its window has come to the front.
window-elsewhere = Vekha is already open with this data. Close that window and try again.

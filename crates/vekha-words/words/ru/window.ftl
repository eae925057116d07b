# Said where the window cannot say it: on the terminal of a second start.
window-in-front = Веха уже открыта: её окно вышло вперёд.
window-elsewhere = Веха уже открыта с этими данными. Закройте то окно и попробуйте ещё раз.

# What needs the resident's eye but stops nothing.
session-damaged = The data on this device was damaged. It was set aside and everything is read again from the city. Unsent actions kept: { $actions }, private notes kept: { $own }.
session-damaged-and-lost = { session-damaged } Something may be missing: please check your latest answers.
session-unreadable = Records of the city that could not be read: { $count }. They are set aside, not lost, and everything else works. Please tell the city.

clock-of-demo = The demo city's clock: { $now }
clock-differs = This device's clock differs from the city's
clock-by-city = Vekha goes by the city's time.
clock-by-city-now = Vekha goes by the city's time: it is { $now } there.

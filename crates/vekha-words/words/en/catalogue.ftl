# Why the city's rules are not used, and what that means for the resident.
-not-used = They were not used: the plan goes by the earlier ones, nothing is lost.
catalogue-unsigned = The city's rules came without a signature. { -not-used }
catalogue-unknown-key = The city's rules are signed with a key this device does not know. If the city has a new key, sign out and connect to it again. { -not-used }
catalogue-tampered = The signature of the city's rules does not fit: they were changed on the way. { -not-used }
catalogue-came-expired = The city's rules were in force until { $day }. { -not-used }
catalogue-not-yet = The city's rules come into force on { $day }. { -not-used }
catalogue-rolled-back = The city sent old rules ({ $found }); newer ones ({ $last }) are here already. { -not-used }
catalogue-broken = The city's rules cannot be read. { -not-used }
catalogue-expired = The city's rules were in force until { $day }. Until new ones arrive the plan goes by them; they come with the next connection.
catalogue-damaged = The kept rules of the city are damaged. The plan goes by the built-in ones; the city will send its rules again.
catalogue-not-given = The city did not give its rules. The plan goes by the earlier ones, nothing is lost.

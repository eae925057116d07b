# Why something was not done: `error-` and the error's code.
error-unknown-command = There is no command “{ $name }”.
error-bad-arguments = The command was given something else than it takes: { $error }
error-inside = Something broke inside the app. Your data is safe. Please try again.
error-not-found = This is no longer here: things may have changed. Go back to Today.
error-locked = The data is closed by a passphrase. Enter it to go on.
error-signed-out = Please sign in first.

# The data on this device
error-folder = The data folder cannot be used: { $error }
error-disk-full = The disk is full. Nothing was lost: free some space and try again.
error-damaged-now = The data on this device is damaged. Close Vekha and open it again: it sets the data aside, keeps what is unsent and reads the rest from the city.
error-second-instance = Vekha is already open with this data. Please use the open window.
error-wrong-key = The key does not open the data on this device. The data is untouched. Unlock the keyring it was made with and open Vekha again. If it is gone, sign in anew: the old file stays beside, the rest comes from the city.
error-from-the-future = This data was written by a newer Vekha. Please update the app.
error-not-saved = The file could not be saved: { $error }

# The city and the way in
error-no-demo = There is no built-in city in this build. Please enter a city's address.
error-no-city = Please choose a city first.
error-no-code = There is no code to be seen in the picture. Take it whole, straight and without glare, or type the address.
error-no-address = This is not a city's code: it says “{ $text }”. A city's code is on its site and in its clinics.
error-no-keyring = The keyring of this computer does not answer, and your data cannot be locked without it. Unlock it and open Vekha again.
error-link = This link cannot be opened.
error-no-browser = It could not be opened: there is no program for it on this device.

# What the resident said
error-private = This record is on your device alone: the city does not see it and cannot correct it.
error-empty = Please write a few words.
error-too-long = Too long: please stay within 4,000 characters.
error-bad-answer = This answer does not fit the question. Please check it and try again.
error-in-the-future = That day has not come yet. Please check the date.
error-before-birth = This date is before the day of birth. Please check the year.
error-hold-lapsed = This time has been released: the answer came too late. No harm done, another one will be found.
error-too-late = The answer has gone to the city. If you changed your mind, press “My case is different”: a person will help.

# The same codes where other words say better what to do
disk-not-written = The disk could not be written: { $error }

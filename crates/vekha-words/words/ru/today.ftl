# What is told on Today by itself.
notice-cancelled = Отменено: { $what }
notice-refused = Город не принял ваше действие
notice-answer = Вам ответили
refused-unclear = Город отказал. Спросите человека: «Мой случай другой».

undo-accept = Вы приняли предложенное время.
undo-book = Вы выбрали время.
undo-change = Вы попросили другое время.
undo-decline = Вы отказались от этого времени.
undo-done = Отметили как сделанное.
undo-have-it = Учли: это у вас уже есть.
undo-not-needed = Учли: это вам не нужно.
undo-ended = Остановили: { $what }.

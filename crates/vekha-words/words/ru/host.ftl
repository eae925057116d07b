# What the app says where it is served to a browser or to a script.
error-too-large = Слишком большой запрос: не больше 16 МБ.
error-wrong-passphrase = Эта фраза не подходит. Данные не тронуты, попробуйте ещё раз.
error-secrets-file = Файл с ключами не читается. Он оставлен как есть; войдите в новой папке данных.
host-no-keyring = Хранилище паролей не отвечает. Запустите его или начните с --passphrase.
host-no-json = Запрос не читается: нужен объект JSON.
host-nothing-here = Здесь ничего нет.

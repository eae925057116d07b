# What the app says where it is served to a browser or to a script.
error-too-large = The request is too large: 16 MB at most.
error-wrong-passphrase = This passphrase does not fit. The data is untouched; please try again.
error-secrets-file = The file with the keys cannot be read. It was left as it is; sign in with a new data folder.
host-no-keyring = No keyring answers. Start one, or begin with --passphrase.
host-no-json = The request cannot be read as JSON: { $error }
host-nothing-here = There is nothing here. Commands are at POST /rpc/<name>.

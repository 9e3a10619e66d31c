/**
 * This family has no commands: its API offers checks, updates, backups and every reading itself, and it has no endpoint
 * that runs a shell command. Nothing is ever sent as one, so there is no permission to switch on.
 */
export const COMMAND_PERMISSION = null

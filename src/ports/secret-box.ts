/** Keeps other people's passwords and tokens in the database so that the database alone does not give them away. */
export interface SecretBox {
  /** @param of whose it is: opened for another one, it is refused */
  seal(text: string, of: string): Promise<string>
  /** @throws Error in one line, where it was sealed under another key, for another owner, or was altered */
  open(sealed: string, of: string): Promise<string>
}

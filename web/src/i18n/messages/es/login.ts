export default {
  email: 'Correo electrónico',
  password: 'Contraseña',
  logIn: 'Iniciar sesión',
  says: 'Con el correo electrónico y la contraseña de tu acceso.',
  ended:
    'Tu sesión ha terminado. Inicia sesión para continuar: lo que escribiste en una transcripción se conserva en este navegador.',
  join: {
    title: 'Crea tu acceso',
    here: 'Para este Earshot.',
    operator: 'Te encargarás de este Earshot: sus modelos, sus cuentas y tus propias transcripciones.',
    account: 'Te han invitado a la cuenta «{account}».',
    incomplete: 'Esta dirección está incompleta. Abre el enlace entero, incluido lo que sigue al signo #.',
    failed: 'No se ha podido cargar tu invitación',
    name: 'Tu nombre',
    emailSays: 'La usarás para iniciar sesión. No se envían correos a esta dirección.',
    passwordSays: 'Al menos 10 caracteres. Unas cuantas palabras funcionan bien.',
    submit: 'Crear acceso',
  },
}

export default {
  email: 'E-mail',
  password: 'Senha',
  logIn: 'Entrar',
  says: 'Com o e-mail e a senha do seu acesso.',
  ended:
    'Sua sessão terminou. Entre para continuar: o que você digitou em uma transcrição está guardado neste navegador.',
  join: {
    title: 'Crie seu acesso',
    here: 'Para este Earshot.',
    operator: 'Você vai cuidar deste Earshot: os modelos, as contas e suas próprias transcrições.',
    account: 'Você foi convidado para a conta “{account}”.',
    incomplete: 'Este endereço está incompleto. Abra o link inteiro, inclusive o que vem depois do #.',
    failed: 'Não foi possível carregar seu convite',
    name: 'Seu nome',
    emailSays: 'Você entra com ele. Nenhum e-mail é enviado.',
    passwordSays: 'Pelo menos 10 caracteres. Algumas palavras são uma boa escolha.',
    submit: 'Criar acesso',
  },
}

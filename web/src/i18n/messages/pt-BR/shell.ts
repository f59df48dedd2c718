export default {
  navigation: {
    label: 'Navegação principal',
    open: 'Abrir a navegação',
    close: 'Fechar a navegação',
    skip: 'Ir para o conteúdo',
    start: 'Earshot, início',
  },
  pages: {
    transcribe: 'Transcrever',
    library: 'Biblioteca',
    transcript: 'Transcrição',
    keys: 'Chaves de API',
    credits: 'Créditos',
    posts: 'Publicações',
    webhooks: 'Webhooks',
    settings: 'Configurações',
    operator: 'Operação',
    login: 'Entrar',
    join: 'Seu acesso',
  },
  away: {
    title: 'O servidor não responde',
    text: 'O que você vê pode estar desatualizado. O que você digitou nas transcrições fica guardado neste navegador. Continuamos tentando.',
  },
  missing: {
    title: 'Esta página não existe',
    text: 'O endereço pode estar incorreto, ou o conteúdo não existe mais.',
    start: 'Ir para o início',
  },
  trouble: {
    title: 'Não foi possível exibir esta página',
    noAnswer: 'O servidor não responde. Você está conectado à rede?',
    status: 'O servidor respondeu com um erro ({status}).',
  },
  scheme: { light: 'Mudar para o tema claro', dark: 'Mudar para o tema escuro' },
  who: {
    label: 'Sua conta e sair',
    byProxy: 'Seu proxy controla a entrada e a saída.',
    logOut: 'Sair',
    everywhere: 'Sair de todos os dispositivos',
  },
  language: 'Idioma',
}

export default {
  says: 'A fala em gravações e vídeos vira texto com marcações de tempo.',
  failed: 'Não foi possível carregar o que este servidor oferece',
  noModel: {
    title: 'Nenhum modelo de fala está em uso',
    text: 'O que você enviar vai esperar até que haja um.',
  },
  standIn: {
    title: 'Um modelo básico está em uso',
    text: 'Ele serve para testes: espere muitas palavras erradas.',
  },
  models: {
    install: 'Instalar um melhor',
    operator: 'Quem administra este servidor pode instalar um melhor.',
  },
  order: {
    label: 'O que transcrever',
    links: 'Ou cole links',
    linksSay:
      'Para vídeos do {platforms}, ou para arquivos de mídia. Quantos quiser; o resto do texto é ignorado.',
    noLink: 'Isto não é um link: {text}',
  },
  notLoaded: 'Não foi possível carregar uma parte desta página. Você está conectado à rede? Tente de novo.',
}

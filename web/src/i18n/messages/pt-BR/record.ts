export default {
  label: 'Ou grave',
  fileName: 'Gravação',
  kept: 'Ela fica neste navegador até ser enviada.',
  source: {
    microphone: 'Microfone',
    tab: 'Som de uma aba',
    both: 'Aba e microfone',
  },
  which: 'Qual microfone',
  asking: {
    microphone: 'Seu navegador pergunta se esta página pode usar o microfone.',
    tab: 'Escolha uma aba e ative o som dela.',
  },
  recording: {
    microphone: 'Gravando o microfone',
    tab: 'Gravando uma aba',
    both: 'Gravando uma aba e o microfone',
  },
  paused: 'Em pausa',
  length: 'Gravado até agora',
  pause: 'Pausar',
  resume: 'Retomar',
  stop: 'Parar gravação',
  silent: {
    microphone: 'Nada é ouvido. O microfone certo está escolhido e ligado?',
    tab: 'Nada é ouvido. A aba está reproduzindo algo?',
  },
  elsewhere: {
    ready: 'A gravação está pronta.',
    transcribe: 'Transcrever',
  },
  keeping:
    'O que é gravado vai sendo guardado neste navegador. Nada é enviado antes de você pressionar “Transcrever”.',
  notKept: {
    title: 'Este navegador não tem mais espaço',
    text: 'O resto desta gravação se perde se a aba for fechada. Pare logo e transcreva o que você tem.',
  },
  problemTitle: 'Nada está sendo gravado',
  problem: {
    insecure:
      'Os navegadores só deixam uma página gravar se o endereço começar com https://, ou com http://localhost no computador em que o Earshot roda. Abra o Earshot em um endereço assim.',
    unable: 'Este navegador não consegue gravar. Tente uma versão atual do Chrome, Edge, Firefox ou Safari.',
    noPermission:
      'O navegador não deixa esta página usar o microfone. Permita nas configurações ao lado do endereço e tente de novo.',
    noMicrophone: 'Não há microfone. Conecte um e tente de novo.',
    microphoneBusy: 'O microfone não responde. Outro programa pode estar usando-o.',
    nothingShared: 'Nenhuma aba foi compartilhada.',
    noSoundShared:
      'A aba foi compartilhada sem o som. Tente de novo e ative “Compartilhar também o áudio da aba”. Firefox e Safari não compartilham som: use o Chrome ou o Edge.',
    failed: 'O navegador não conseguiu gravar. Tente de novo.',
  },
  left: {
    title: 'Gravações que não foram enviadas',
    says: 'Elas estão só neste navegador.',
    use: 'Escolher',
    useNamed: 'Escolher: {name}',
    listen: 'Ouvir',
    listenNamed: 'Ouvir: {name}',
    delete: 'Excluir',
    deleteNamed: 'Excluir: {name}',
    ask: 'Excluir esta gravação?',
    gone: '“{name}” não foi enviada. Não poderá ser recuperada.',
    deleteForGood: 'Excluir gravação',
    save: 'Salvar como arquivo',
    unreadable: 'O navegador não conseguiu ler esta gravação.',
  },
}

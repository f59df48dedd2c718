export default {
  codes: {
    subscription: {
      required: 'A conta não tem assinatura.',
      inactive: 'A assinatura da conta não está ativa.',
      exists: 'Já existe uma assinatura desta lista.',
    },
    credits: {
      insufficient: 'Não há créditos suficientes.',
    },
    resource: {
      not_found: 'Isto não existe, ou não existe mais.',
    },
    link: {
      unsupported: 'Este link não leva a uma publicação de uma plataforma compatível.',
    },
    media: {
      not_media: 'O arquivo não é um áudio ou vídeo que possa ser lido.',
      no_audio: 'O arquivo não tem som.',
      truncated: 'O arquivo está cortado: é mais curto do que ele mesmo indica.',
      too_long: 'A gravação é mais longa do que este servidor permite.',
      too_large: 'O arquivo é maior do que este servidor permite.',
      unsupported_codec: 'O som está em um formato que o servidor não consegue ler.',
      decode_failed: 'Não é possível ler o som do arquivo.',
      missing: 'A gravação não está mais guardada aqui.',
    },
    upload: {
      gone: 'O envio expirou. Comece de novo.',
    },
    fetch: {
      private: 'A publicação é privada.',
      gone: 'A publicação foi removida, ou nunca existiu.',
      login_required: 'A plataforma só mostra esta publicação a quem está conectado.',
      age_restricted: 'A publicação tem restrição de idade.',
      geo_blocked: 'A publicação não está disponível no país do servidor.',
      live: 'A publicação é uma transmissão ao vivo que ainda não terminou.',
      upcoming: 'A publicação ainda não saiu.',
      platform_rate_limited: 'A plataforma está limitando os pedidos deste servidor. Tente mais tarde.',
      address_blocked: 'A plataforma bloqueia o endereço deste servidor.',
      no_video: 'A publicação não tem vídeo.',
      no_audio: 'O vídeo da publicação não tem som.',
      too_long: 'O vídeo é mais longo do que este servidor permite.',
      too_large: 'O vídeo é maior do que este servidor permite.',
      unsupported_link: 'O programa de download não conhece este tipo de link.',
      network: 'Não foi possível acessar a plataforma.',
      extractor_outdated: 'O programa de download não entende mais a plataforma e precisa ser atualizado.',
      no_feed: 'O endereço não é uma playlist, um canal ou um feed, ou não há nada nele para transcrever.',
      captions_missing: 'A publicação não tem legendas do tipo desejado.',
      fetcher_missing: 'O servidor não tem um programa de download que funcione.',
    },
    downloader: {
      not_updated: 'Não foi possível atualizar o programa de download. O atual continua em uso.',
    },
    engine: {
      crashed: 'O reconhecimento de fala falhou duas vezes na mesma parte.',
      hung: 'O reconhecimento de fala não respondeu a tempo.',
      failed: 'O reconhecimento de fala não conseguiu transcrever uma parte.',
      unavailable: 'Não é possível iniciar o reconhecimento de fala.',
    },
    model: {
      unknown: 'Este modelo não está instalado.',
      in_use: 'O modelo está em uso e não pode ser removido.',
      language: 'O modelo não conhece este idioma.',
      no_speakers: 'Os modelos que distinguem quem fala não estão instalados.',
      no_translation: 'O modelo não pode traduzir.',
    },
    video: {
      unavailable: 'O ffmpeg do servidor não consegue gravar legendas em vídeos.',
      no_font: 'O servidor não tem uma fonte para algumas letras das legendas.',
      too_large: 'O vídeo ficaria maior do que este servidor permite.',
    },
    transcription: {
      timeout: 'A transcrição demorou demais e foi abandonada. Nada foi cobrado.',
      cancelled: 'A transcrição foi cancelada.',
      no_text: 'A transcrição não tem texto.',
      lost: 'A transcrição foi interrompida vezes demais.',
    },
    post: {
      too_long: 'O texto é longo demais para a plataforma.',
      ended: 'A publicação já saiu, falhou ou foi cancelada, ou está saindo agora.',
    },
    request: {
      too_large: 'É mais do que o servidor aceita de uma vez.',
    },
    rate: {
      limited: 'Pedidos demais. Tente de novo em instantes.',
    },
    storage: {
      full: 'Não há mais espaço para gravações.',
      unavailable: 'O servidor não consegue acessar o armazenamento agora. Tente de novo em instantes.',
    },
    database: {
      unavailable: 'O servidor não consegue acessar o banco de dados agora. Tente de novo em instantes.',
    },
    payment: {
      unavailable: 'O serviço de pagamento não responde ou recusa.',
    },
    queue: {
      full: 'Há trabalho demais em espera neste servidor. Tente mais tarde.',
      share: 'Você já tem trabalho demais em espera. Tente quando parte dele terminar.',
    },
    account: {
      limit: 'A conta não pode ter mais. Exclua alguns primeiro.',
    },
    server: {
      stopping: 'O servidor está parando. O trabalho continua quando ele voltar.',
    },
    session: {
      missing: 'Ninguém está conectado neste navegador, ou a sessão terminou. Entre de novo.',
      origin: 'O pedido vem da página de outro site.',
    },
    login: {
      failed: 'O e-mail e a senha não correspondem.',
      throttled: 'Muitas tentativas sem sucesso. Espere um pouco antes de tentar de novo.',
    },
    invitation: {
      invalid: 'O convite já foi usado ou é antigo demais.',
    },
    role: {
      forbidden: 'Só os proprietários da conta ou o operador podem fazer isso.',
    },
    edit: {
      conflict: 'Outra pessoa salvou a transcrição enquanto isso.',
    },
    share: {
      revoked: 'Este link não funciona mais. Peça um novo a quem o enviou.',
    },
    internal: 'Algo deu errado no Earshot. O registro tem os detalhes.',
  },
}

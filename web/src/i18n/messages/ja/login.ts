export default {
  email: 'メールアドレス',
  password: 'パスワード',
  logIn: 'ログイン',
  says: '登録したメールアドレスとパスワードを入力してください。',
  join: {
    title: 'アカウントを作成',
    here: 'このEarshotのアカウントです。',
    operator: 'このEarshotの管理者になります。モデル、アカウント、自分の文字起こしを管理します。',
    account: 'アカウント「{account}」に招待されています。',
    incomplete: 'アドレスが不完全です。# 以降も含めて、リンク全体を開いてください。',
    failed: '招待を読み込めませんでした',
    name: '名前',
    emailSays: 'ログインに使います。メールは送信されません。',
    passwordSays: '10文字以上。単語をいくつか組み合わせると安全です。',
    submit: 'アカウントを作成',
  },
}

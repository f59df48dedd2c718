import requests

response = requests.post(
    "https://soscripted.com/api/public/transcribe",
    headers={
        "Authorization": "Bearer sk_your_api_key_here",
        "Content-Type": "application/json",
    },
    json={"url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"},
    timeout=600,
)

data = response.json()

if data.get("ok"):
    print("Transcript:", data["caption"]["text"])
else:
    print("Error:", data.get("error"))

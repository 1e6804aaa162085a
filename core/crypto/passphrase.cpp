// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/passphrase.h"

#include <algorithm>
#include <chrono>

#include <sodium.h>

#include "core/base/check.h"

namespace vigil::crypto {
namespace {

constexpr std::size_t kBoxNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kBoxTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kBoxNonceBytes == 24 && kBoxTagBytes == 16);
static_assert(crypto_pwhash_argon2id_SALTBYTES == sizeof(Salt));

constexpr std::size_t kKeyBytes = 32;

}  // namespace

Result<SecretBytes> derive_key(const SecretBytes& passphrase, const Salt& salt,
                               const Argon2Cost& cost) {
  constexpr Argon2Cost kLeast;
  if (cost.memory_bytes < kLeast.memory_bytes || cost.memory_bytes > kArgon2MemoryLimitBytes ||
      cost.passes < kLeast.passes || cost.passes > kArgon2PassesLimit)
    return fail(
        ErrorKind::kInvalid, "passphrase.cost",
        "The stored cost of the passphrase is outside the bounds that this program accepts.");
  SecretBytes key(kKeyBytes);
  const std::string_view text = passphrase.text();
  // libsodium wants a pointer even where there is no byte.
  const char* data = text.empty() ? "" : text.data();
  if (crypto_pwhash_argon2id(key.writable().data(), key.size(), data, text.size(), salt.data(),
                             cost.passes, cost.memory_bytes,
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
    return fail(ErrorKind::kStorage, "passphrase.memory",
                "There is not enough free memory to check the passphrase: close other programs and "
                "try again.");
  return key;
}

Argon2Cost calibrate_argon2(int target_ms) {
  using Milliseconds = std::chrono::duration<double, std::milli>;
  const SecretBytes passphrase = SecretBytes::random(16);
  const Salt salt{};
  Argon2Cost cost;
  const auto start = std::chrono::steady_clock::now();
  if (!derive_key(passphrase, salt, cost).has_value()) return cost;
  const double took_ms = Milliseconds(std::chrono::steady_clock::now() - start).count();
  const double factor = target_ms / std::max(took_ms, 1.0);
  // Memory first, to 256 MiB (a quarter of the smallest tablet), then passes: memory is what makes
  // guessing dear.
  while (cost.memory_bytes < (256ULL << 20) &&
         factor >= static_cast<double>(cost.memory_bytes * 2) / static_cast<double>(64ULL << 20))
    cost.memory_bytes *= 2;
  const double left =
      factor * static_cast<double>(64ULL << 20) / static_cast<double>(cost.memory_bytes);
  cost.passes =
      std::clamp(static_cast<std::uint32_t>(std::max(left, 1.0) * 3.0), 3U, kArgon2PassesLimit);
  return cost;
}

Bytes seal_box(const SecretBytes& key, ByteView plaintext, std::string_view context) {
  CHECK(key.size() == kKeyBytes);
  Bytes box(kBoxNonceBytes + plaintext.size() + kBoxTagBytes);
  random_fill(std::span(box).first(kBoxNonceBytes));
  const ByteView data = as_bytes(context);
  unsigned long long sealed_bytes = 0;
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(
            box.data() + kBoxNonceBytes, &sealed_bytes, plaintext.data(), plaintext.size(),
            data.data(), data.size(), nullptr, box.data(), key.view().data()) == 0);
  return box;
}

Result<SecretBytes> open_box(const SecretBytes& key, ByteView box, std::string_view context) {
  CHECK(key.size() == kKeyBytes);
  const auto refused = [] {
    return fail(ErrorKind::kDenied, "box.open",
                "The key does not open this: the passphrase is wrong, or the file was changed.");
  };
  if (box.size() < kBoxNonceBytes + kBoxTagBytes) return refused();
  SecretBytes plaintext(box.size() - kBoxNonceBytes - kBoxTagBytes);
  const ByteView data = as_bytes(context);
  std::uint8_t nothing = 0;
  std::uint8_t* target = plaintext.empty() ? &nothing : plaintext.writable().data();
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          target, nullptr, nullptr, box.data() + kBoxNonceBytes, box.size() - kBoxNonceBytes,
          data.data(), data.size(), box.data(), key.view().data()) != 0)
    return refused();
  return plaintext;
}

}  // namespace vigil::crypto

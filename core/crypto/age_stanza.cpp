// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/age_stanza.h"

#include <algorithm>

#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/age_header.h"
#include "core/crypto/hkdf.h"

namespace vigil::crypto::age {
namespace {

constexpr std::string_view kX25519Info = "age-encryption.org/v1/X25519";
constexpr std::string_view kScryptLabel = "age-encryption.org/v1/scrypt";
constexpr std::size_t kPointBytes = crypto_scalarmult_curve25519_BYTES;
// X-Wing's encapsulation: an ML-KEM-768 ciphertext (FIPS 203), then an X25519 share.
constexpr std::size_t kHybridShareBytes = 1088 + kPointBytes;

std::unexpected<Error> bad_stanza(std::string_view what) {
  return fail_as(Failure::kHeader, "The age header is damaged: " + std::string(what) + ".");
}

Bytes wrap_file_key(const SecretBytes& wrap_key, const SecretBytes& file_key) {
  // One wrap key wraps one file key, so a fixed nonce is safe.
  constexpr std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> kNonce{};
  Bytes body(kWrappedKeyBytes);
  CHECK(crypto_aead_chacha20poly1305_ietf_encrypt(body.data(), nullptr, file_key.view().data(),
                                                  file_key.size(), nullptr, 0, nullptr,
                                                  kNonce.data(), wrap_key.view().data()) == 0);
  return body;
}

std::optional<SecretBytes> unwrap_file_key(const SecretBytes& wrap_key, ByteView body) {
  constexpr std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> kNonce{};
  SecretBytes file_key(kFileKeyBytes);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(file_key.writable().data(), nullptr, nullptr,
                                                body.data(), body.size(), nullptr, 0, kNonce.data(),
                                                wrap_key.view().data()) != 0)
    return std::nullopt;
  return file_key;
}

SecretBytes x25519_wrap_key(const SecretBytes& shared, ByteView share, const Recipient& recipient) {
  Bytes salt(share.begin(), share.end());
  salt.insert(salt.end(), recipient.point.begin(), recipient.point.end());
  return hkdf_sha256(shared.view(), salt, kX25519Info);
}

Result<SecretBytes> scrypt_wrap_key(const SecretBytes& passphrase, ByteView salt, int log_n) {
  Bytes labelled = to_bytes(kScryptLabel);
  labelled.insert(labelled.end(), salt.begin(), salt.end());
  SecretBytes key(32);
  const std::string_view text = passphrase.text();
  if (crypto_pwhash_scryptsalsa208sha256_ll(as_bytes(text).data(), text.size(), labelled.data(),
                                            labelled.size(), std::uint64_t{1} << log_n, 8, 1,
                                            key.writable().data(), key.size()) != 0)
    return fail(ErrorKind::kStorage, "age.memory",
                "There is not enough free memory to check the passphrase: close other programs and "
                "try again.");
  return key;
}

// The work factor as age spells it; 0 where it is none.
int parse_log_n(std::string_view text) {
  if (text.empty() || text.size() > 2 || text.front() == '0') return 0;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

Status check_x25519(const Stanza& stanza) {
  if (stanza.arguments.size() != 2) return bad_stanza("an X25519 stanza needs one argument");
  const auto share = base64_decode_unpadded(stanza.arguments[1]);
  if (!share.has_value() || share->size() != kPointBytes)
    return bad_stanza("the share of an X25519 stanza is not 32 bytes");
  if (stanza.body.size() != kWrappedKeyBytes)
    return bad_stanza("the body of an X25519 stanza is not 32 bytes");
  return {};
}

Status check_scrypt(const Stanza& stanza) {
  if (stanza.arguments.size() != 3) return bad_stanza("a scrypt stanza needs two arguments");
  const auto salt = base64_decode_unpadded(stanza.arguments[1]);
  if (!salt.has_value() || salt->size() != kScryptSaltBytes)
    return bad_stanza("the salt of a scrypt stanza is not 16 bytes");
  if (parse_log_n(stanza.arguments[2]) == 0)
    return bad_stanza("the work factor of a scrypt stanza is not a number");
  if (stanza.body.size() != kWrappedKeyBytes)
    return bad_stanza("the body of a scrypt stanza is not 32 bytes");
  return {};
}

// True where a point is of low order: its product with any scalar is zero (RFC 7748, 6.1).
bool is_low_order(ByteView point) {
  std::array<std::uint8_t, kPointBytes> scalar{};
  std::array<std::uint8_t, kPointBytes> product{};
  scalar[0] = 1;
  return crypto_scalarmult_curve25519(product.data(), scalar.data(), point.data()) != 0;
}

Status check_hybrid(const Stanza& stanza) {
  if (stanza.arguments.size() != 2) return bad_stanza("a hybrid stanza needs one argument");
  const auto share = base64_decode_unpadded(stanza.arguments[1]);
  if (!share.has_value() || share->size() != kHybridShareBytes)
    return bad_stanza("the share of a hybrid stanza is not 1120 bytes");
  if (stanza.body.size() != kWrappedKeyBytes)
    return bad_stanza("the body of a hybrid stanza is not 32 bytes");
  if (is_low_order(ByteView(*share).last(kPointBytes)))
    return bad_stanza("a hybrid stanza's share is of low order");
  return {};
}

// nullopt: not for this identity.
Result<std::optional<SecretBytes>> unwrap_x25519(const Stanza& stanza, const Identity& identity) {
  const Bytes share = base64_decode_unpadded(stanza.arguments[1]).value();
  SecretBytes shared(kPointBytes);
  // Fails on a zero product: a share of low order would make the wrap key known to everybody.
  if (crypto_scalarmult_curve25519(shared.writable().data(), identity.scalar().data(),
                                   share.data()) != 0)
    return bad_stanza("an X25519 stanza's share is of low order");
  return unwrap_file_key(x25519_wrap_key(shared, share, identity.recipient()), stanza.body);
}

Result<SecretBytes> find_passphrase(const Keys& keys) {
  if (!keys.passphrase.empty()) return keys.passphrase.clone();
  if (!keys.identities.empty() || keys.post_quantum_count > 0)
    return fail_as(Failure::kNoMatch,
                   "The file is locked with a passphrase, not to any of the identities given.");
  if (!keys.ask_passphrase)
    return fail_as(Failure::kPassphrase,
                   "The file is locked with a passphrase, and none was given.");
  VIGIL_ASSIGN(SecretBytes passphrase, keys.ask_passphrase());
  if (passphrase.empty()) return fail_as(Failure::kPassphrase, "The passphrase given is empty.");
  return passphrase;
}

Result<SecretBytes> unwrap_scrypt(const Stanza& stanza, const Keys& keys) {
  const int log_n = parse_log_n(stanza.arguments[2]);
  if (log_n > keys.max_log_n)
    return fail_as(Failure::kHeader,
                   "The file asks for more memory to check its passphrase than is allowed.");
  VIGIL_ASSIGN(const SecretBytes passphrase, find_passphrase(keys));
  const Bytes salt = base64_decode_unpadded(stanza.arguments[1]).value();
  VIGIL_ASSIGN(const SecretBytes wrap_key, scrypt_wrap_key(passphrase, salt, log_n));
  std::optional<SecretBytes> file_key = unwrap_file_key(wrap_key, stanza.body);
  if (!file_key.has_value())
    return fail_as(Failure::kNoMatch, "The passphrase does not open this file.");
  return std::move(*file_key);
}

}  // namespace

Result<Stanza> wrap_x25519_with(const Recipient& recipient, const SecretBytes& file_key,
                                const SecretBytes& ephemeral) {
  Bytes share(kPointBytes);
  CHECK(crypto_scalarmult_curve25519_base(share.data(), ephemeral.view().data()) == 0);
  SecretBytes shared(kPointBytes);
  if (crypto_scalarmult_curve25519(shared.writable().data(), ephemeral.view().data(),
                                   recipient.point.data()) != 0)
    return fail(ErrorKind::kInvalid, "age.recipient",
                "A recipient's key is not usable: it would open the file to everybody.");
  const SecretBytes wrap_key = x25519_wrap_key(shared, share, recipient);
  return Stanza{{std::string(kX25519Type), base64_encode_unpadded(share)},
                wrap_file_key(wrap_key, file_key)};
}

Result<Stanza> wrap_x25519(const Recipient& recipient, const SecretBytes& file_key) {
  return wrap_x25519_with(recipient, file_key, SecretBytes::random(kPointBytes));
}

Result<Stanza> wrap_scrypt(const SecretBytes& passphrase, int log_n, const SecretBytes& file_key) {
  CHECK(log_n >= 1 && log_n <= 30);
  Bytes salt(kScryptSaltBytes);
  random_fill(salt);
  VIGIL_ASSIGN(const SecretBytes wrap_key, scrypt_wrap_key(passphrase, salt, log_n));
  return Stanza{{std::string(kScryptType), base64_encode_unpadded(salt), std::to_string(log_n)},
                wrap_file_key(wrap_key, file_key)};
}

Status check_stanzas(const std::vector<Stanza>& stanzas, const Keys& keys) {
  for (const Stanza& stanza : stanzas) {
    const std::string& type = stanza.arguments.front();
    if (type == kX25519Type) {
      VIGIL_TRY(check_x25519(stanza));
    } else if (type == kHybridType && keys.post_quantum_count > 0) {
      VIGIL_TRY(check_hybrid(stanza));
    } else if (type == kScryptType) {
      // Whoever knows the passphrase could otherwise make a file that looks addressed to others.
      if (stanzas.size() != 1) return bad_stanza("a passphrase stands beside other recipients");
      VIGIL_TRY(check_scrypt(stanza));
    }
  }
  return {};
}

Result<SecretBytes> unwrap(const std::vector<Stanza>& stanzas, const Keys& keys) {
  if (stanzas.front().arguments.front() == kScryptType) return unwrap_scrypt(stanzas.front(), keys);
  for (const Identity& identity : keys.identities) {
    for (const Stanza& stanza : stanzas) {
      if (stanza.arguments.front() != kX25519Type) continue;
      VIGIL_ASSIGN(std::optional<SecretBytes> file_key, unwrap_x25519(stanza, identity));
      if (file_key.has_value()) return std::move(*file_key);
    }
  }
  return fail_as(Failure::kNoMatch, "None of the keys given opens this file.");
}

}  // namespace vigil::crypto::age

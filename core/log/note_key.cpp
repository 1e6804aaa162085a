// SPDX-License-Identifier: Apache-2.0
#include "core/log/note_key.h"

#include <algorithm>

#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/hash.h"
#include "core/log/note.h"

namespace vigil::log {
namespace {

constexpr std::string_view kSecretPrefix = "PRIVATE+KEY+";
constexpr std::size_t kHexKeyIdChars = 8;

std::unexpected<Error> bad_key(std::string message) {
  return fail(ErrorKind::kInvalid, "note.key", std::move(message));
}

bool is_known(std::uint8_t type) {
  return type == static_cast<std::uint8_t>(KeyType::kLog) ||
         type == static_cast<std::uint8_t>(KeyType::kWitness);
}

// "name+hex8+base64" split; the base64 alphabet has '+', so only the first two count.
struct KeyText {
  std::string_view name;
  std::string_view key_id_hex;
  std::string_view base64;
};
std::optional<KeyText> split_key_text(std::string_view text) {
  const auto first = text.find('+');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = text.find('+', first + 1);
  if (second != first + 1 + kHexKeyIdChars) return std::nullopt;
  return KeyText{text.substr(0, first), text.substr(first + 1, kHexKeyIdChars),
                 text.substr(second + 1)};
}

std::array<std::uint8_t, 32> point_of_seed(ByteView seed) {
  std::array<std::uint8_t, 32> point{};
  crypto::SecretBytes secret(crypto_sign_SECRETKEYBYTES);
  CHECK(crypto_sign_seed_keypair(point.data(), secret.writable().data(), seed.data()) == 0);
  return point;
}

}  // namespace

bool is_key_name(std::string_view name) {
  // Printable ASCII only: narrower than the specification, and no two names look alike.
  return !name.empty() && name.size() <= kKeyNameLimitBytes &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7f && c != '+'; });
}

KeyId key_id(const VerifierKey& key) {
  Bytes text = to_bytes(key.name);
  text.push_back('\n');
  text.push_back(static_cast<std::uint8_t>(key.type));
  text.insert(text.end(), key.point.begin(), key.point.end());
  const crypto::Sha256 digest = crypto::sha256(text);
  return {digest[0], digest[1], digest[2], digest[3]};
}

std::string to_string(const VerifierKey& key) {
  Bytes body{static_cast<std::uint8_t>(key.type)};
  body.insert(body.end(), key.point.begin(), key.point.end());
  return key.name + "+" + hex_encode(key_id(key)) + "+" + base64_encode(body);
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
  const auto parts = split_key_text(text);
  if (!parts || !is_key_name(parts->name))
    return bad_key("A log or witness key is not of the form name+hash+key.");
  const auto body = base64_decode(parts->base64);
  if (!body || body->size() != 33 || !is_known((*body)[0]))
    return bad_key("A log or witness key is of a type that this version does not know.");
  VerifierKey key;
  key.name = std::string(parts->name);
  key.type = static_cast<KeyType>((*body)[0]);
  std::copy(body->begin() + 1, body->end(), key.point.begin());
  if (hex_encode(key_id(key)) != parts->key_id_hex)
    return bad_key("A log or witness key has a check value that does not fit; copy it again.");
  return key;
}

SignerKey SignerKey::generate(std::string_view name, KeyType type) {
  CHECK(is_key_name(name));
  SignerKey key;
  key.seed_ = crypto::SecretBytes::random(crypto_sign_SEEDBYTES);
  key.verifier_ = {std::string(name), type, point_of_seed(key.seed_.view())};
  return key;
}

crypto::SecretBytes SignerKey::to_text() const {
  crypto::SecretBytes body(1 + crypto_sign_SEEDBYTES);
  body.writable()[0] = static_cast<std::uint8_t>(verifier_.type);
  std::ranges::copy(seed_.view(), body.writable().begin() + 1);
  const std::string start =
      std::string(kSecretPrefix) + verifier_.name + "+" + hex_encode(key_id(verifier_)) + "+";
  const std::size_t base64_size =
      sodium_base64_ENCODED_LEN(body.size(), sodium_base64_VARIANT_ORIGINAL);  // with its NUL
  crypto::SecretBytes text(start.size() + base64_size);
  std::ranges::copy(as_bytes(start), text.writable().begin());
  CHECK(sodium_bin2base64(reinterpret_cast<char*>(text.writable().data() + start.size()),
                          base64_size, body.view().data(), body.size(),
                          sodium_base64_VARIANT_ORIGINAL) != nullptr);
  text.truncate(text.size() - 1);
  return text;
}

Result<SignerKey> SignerKey::parse(const crypto::SecretBytes& text) {
  std::string_view rest = text.text();
  if (rest.ends_with('\n')) rest.remove_suffix(1);
  if (!rest.starts_with(kSecretPrefix))
    return bad_key("This is not the secret key of a log or a witness.");
  rest.remove_prefix(kSecretPrefix.size());
  const auto parts = split_key_text(rest);
  if (!parts || !is_key_name(parts->name))
    return bad_key("The secret key of the log or witness is damaged.");
  crypto::SecretBytes body(1 + crypto_sign_SEEDBYTES);
  std::size_t size = 0;
  if (sodium_base642bin(body.writable().data(), body.size(), parts->base64.data(),
                        parts->base64.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0 ||
      size != body.size() || !is_known(body.view()[0]))
    return bad_key("The secret key of the log or witness is damaged.");
  SignerKey key;
  key.seed_ = crypto::SecretBytes::copy_of(body.view().subspan(1));
  key.verifier_ = {std::string(parts->name), static_cast<KeyType>(body.view()[0]),
                   point_of_seed(key.seed_.view())};
  if (hex_encode(key_id(key.verifier_)) != parts->key_id_hex)
    return bad_key("The secret key of the log or witness has a check value that does not fit.");
  return key;
}

Signature sign_with(const SignerKey& key, ByteView message) {
  std::array<std::uint8_t, 32> point{};
  crypto::SecretBytes secret(crypto_sign_SECRETKEYBYTES);
  CHECK(crypto_sign_seed_keypair(point.data(), secret.writable().data(), key.seed().data()) == 0);
  Signature signature{};
  CHECK(crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                             secret.view().data()) == 0);
  return signature;
}

bool signature_holds(const VerifierKey& key, ByteView message, ByteView signature) {
  CHECK(signature.size() == crypto_sign_BYTES);
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                     key.point.data()) == 0;
}

}  // namespace vigil::log

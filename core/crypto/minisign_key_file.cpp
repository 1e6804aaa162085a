// SPDX-License-Identifier: Apache-2.0
//
// Secret keys and the stock tool's secret key file.
#include <algorithm>
#include <bit>
#include <cstring>

#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/minisign.h"
#include "core/crypto/minisign_format.h"

namespace vigil::crypto::minisign {
namespace {

static_assert(std::endian::native == std::endian::little, "the file's numbers are little endian");
static_assert(kSecretSaltBytes == crypto_pwhash_scryptsalsa208sha256_SALTBYTES);

constexpr std::string_view kSecretFileComment = "untrusted comment: minisign encrypted secret key";
// What the stock tool asks for: libsodium's "sensitive" limits, 1 GiB.
constexpr std::uint64_t kMemoryLimitBytes = crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE;
constexpr std::uint64_t kOpsLimit = crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE;
// libsodium derives scrypt's N from the memory when opslimit is memory / 32 or more.
constexpr std::uint64_t kMemoryPerOp = 32;

std::unexpected<Error> bad_file(std::string_view what) {
  return fail(ErrorKind::kInvalid, "minisign.secret_key",
              "The secret key file is not minisign's: " + std::string(what) + ".");
}

// XORs the passphrase's stream over the secret part.
Status cover(std::span<std::uint8_t> secret_part, const SecretBytes& passphrase, ByteView salt,
             std::uint64_t ops, std::uint64_t memory_bytes) {
  SecretBytes stream(secret_part.size());
  const std::string_view text = passphrase.text();
  if (crypto_pwhash_scryptsalsa208sha256(stream.writable().data(), stream.size(),
                                         text.empty() ? "" : text.data(), text.size(), salt.data(),
                                         ops, memory_bytes) != 0)
    return fail(ErrorKind::kStorage, "minisign.memory",
                "There is not enough free memory to check the passphrase: close other programs and "
                "try again.");
  for (std::size_t i = 0; i < secret_part.size(); ++i) secret_part[i] ^= stream.view()[i];
  return {};
}

Blake2b256 checksum(ByteView raw_key) {
  Blake2b256Stream hash;
  hash.update(as_bytes(kSignatureAlgorithm));
  hash.update(raw_key);
  return hash.finish();
}

// The 158 bytes of the file's second line.
Result<SecretBytes> read_line(ByteView content) {
  initialise();
  std::string_view text = as_text(content);
  const std::size_t end = text.find('\n');
  if (!text.starts_with(kUntrustedPrefix) || end == std::string_view::npos)
    return bad_file("its first line must be a comment");
  text.remove_prefix(end + 1);
  if (text.ends_with('\n')) text.remove_suffix(1);
  SecretBytes line(kSecretLineBytes);
  std::size_t count = 0;
  if (sodium_base642bin(line.writable().data(), line.size(), text.data(), text.size(), nullptr,
                        &count, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      count != kSecretLineBytes)
    return bad_file("its second line is no key");
  return line;
}

std::uint64_t read_number(ByteView line, std::size_t at) {
  std::uint64_t value = 0;
  std::memcpy(&value, line.data() + at, sizeof value);
  return value;
}

}  // namespace

SecretKey SecretKey::generate() {
  std::array<std::uint8_t, kKeyNumberBytes> number{};
  random_fill(number);
  return from_seed(number, SecretBytes::random(crypto_sign_SEEDBYTES));
}

SecretKey SecretKey::from_seed(const std::array<std::uint8_t, 8>& key_number,
                               const SecretBytes& seed32) {
  CHECK(seed32.size() == crypto_sign_SEEDBYTES);
  SecretKey key;
  key.raw_ = SecretBytes(kRawKeyBytes);
  std::ranges::copy(key_number, key.raw_.writable().begin());
  std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> point{};
  CHECK(crypto_sign_seed_keypair(point.data(), key.raw_.writable().data() + kKeyNumberBytes,
                                 seed32.view().data()) == 0);
  return key;
}

Result<SecretKey> SecretKey::from_raw(ByteView raw72) {
  if (raw72.size() != kRawKeyBytes) return bad_file("the key has another length");
  // libsodium keeps the public half behind the seed; a half that is not the seed's own would make
  // signatures that leak the key.
  std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> point{};
  SecretBytes secret(crypto_sign_SECRETKEYBYTES);
  const ByteView stored = raw72.subspan(kKeyNumberBytes);
  CHECK(crypto_sign_seed_keypair(point.data(), secret.writable().data(), stored.data()) == 0);
  if (!equal_secrets(secret.view(), stored)) return bad_file("the two halves of the key differ");
  SecretKey key;
  key.raw_ = SecretBytes::copy_of(raw72);
  return key;
}

PublicKey SecretKey::public_key() const {
  CHECK(raw_.size() == kRawKeyBytes);
  PublicKey key;
  std::copy_n(raw_.view().begin(), kKeyNumberBytes, key.key_number.begin());
  std::ranges::copy(raw_.view().last(key.point.size()), key.point.begin());
  return key;
}

SecretKey SecretKey::clone() const {
  SecretKey copy;
  copy.raw_ = raw_.clone();
  return copy;
}

Result<SecretBytes> SecretKey::to_file(const SecretBytes& passphrase,
                                       std::uint64_t memory_limit_bytes) const {
  SecretBytes line(kSecretLineBytes);
  const std::span<std::uint8_t> out = line.writable();
  std::ranges::copy(as_bytes(kSignatureAlgorithm), out.begin());
  std::ranges::copy(as_bytes(kChecksumAlgorithm), out.begin() + 4);
  const std::span<std::uint8_t> secret_part = out.subspan(kSecretPartAt);
  std::ranges::copy(raw_.view(), secret_part.begin());
  if (!passphrase.empty()) {
    const std::uint64_t memory_bytes = std::clamp(
        memory_limit_bytes, std::uint64_t{crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_MIN},
        kMemoryLimitBytes);
    const std::uint64_t ops =
        std::max(memory_bytes / kMemoryPerOp,
                 std::uint64_t{crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_MIN});
    std::ranges::copy(as_bytes(kPassphraseAlgorithm), out.begin() + 2);
    random_fill(out.subspan(kSecretSaltAt, kSecretSaltBytes));
    std::memcpy(out.data() + kSecretOpsAt, &ops, sizeof ops);
    std::memcpy(out.data() + kSecretMemoryAt, &memory_bytes, sizeof memory_bytes);
    std::ranges::copy(checksum(raw_.view()), secret_part.begin() + kRawKeyBytes);
    VIGIL_TRY(cover(secret_part, passphrase, out.subspan(kSecretSaltAt, kSecretSaltBytes), ops,
                    memory_bytes));
  }
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
  const std::size_t digits = sodium_base64_ENCODED_LEN(kSecretLineBytes, kVariant);  // with a NUL
  SecretBytes file(kSecretFileComment.size() + 1 + digits);
  std::ranges::copy(as_bytes(kSecretFileComment), file.writable().begin());
  file.writable()[kSecretFileComment.size()] = '\n';
  auto* text = reinterpret_cast<char*>(file.writable().data() + kSecretFileComment.size() + 1);
  CHECK(sodium_bin2base64(text, digits, line.view().data(), line.size(), kVariant) != nullptr);
  file.writable().back() = '\n';
  return file;
}

bool SecretKey::file_has_passphrase(ByteView content) {
  const Result<SecretBytes> line = read_line(content);
  return line.has_value() && line->text().substr(2, 2) == kPassphraseAlgorithm;
}

Result<SecretKey> SecretKey::from_file(ByteView content, const SecretBytes& passphrase) {
  VIGIL_ASSIGN(SecretBytes line, read_line(content));
  const std::string_view head = line.text();
  if (head.substr(0, 2) != kSignatureAlgorithm || head.substr(4, 2) != kChecksumAlgorithm)
    return bad_file("it holds a key of another kind");
  const std::span<std::uint8_t> secret_part = line.writable().subspan(kSecretPartAt);
  const ByteView raw_key = ByteView(secret_part).first(kRawKeyBytes);
  const ByteView sum = ByteView(secret_part).subspan(kRawKeyBytes);
  const std::string_view kdf = head.substr(2, 2);
  if (kdf == std::string_view("\0\0", 2)) return from_raw(raw_key);
  if (kdf != kPassphraseAlgorithm) return bad_file("its passphrase protection is unknown");
  const std::uint64_t ops = read_number(line.view(), kSecretOpsAt);
  const std::uint64_t memory_bytes = read_number(line.view(), kSecretMemoryAt);
  if (ops > kOpsLimit || memory_bytes > kMemoryLimitBytes)
    return bad_file("it asks for more memory or time than is allowed");
  VIGIL_TRY(cover(secret_part, passphrase, line.view().subspan(kSecretSaltAt, kSecretSaltBytes),
                  ops, memory_bytes));
  if (!equal_secrets(checksum(raw_key), sum))
    return fail(ErrorKind::kDenied, "minisign.passphrase",
                "The passphrase does not open the secret key file.");
  return from_raw(raw_key);
}

}  // namespace vigil::crypto::minisign

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>
#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/age.h"
#include "core/crypto/bech32.h"

namespace vigil::crypto::age {
namespace {

constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kIdentityPrefix = "AGE-SECRET-KEY-";
constexpr std::string_view kHybridPrefix = "AGE-SECRET-KEY-PQ-";
constexpr std::size_t kKeyBytes = crypto_scalarmult_curve25519_BYTES;

std::unexpected<Error> refuse_identity(std::string message) {
  return fail(ErrorKind::kInvalid, "age.identity", std::move(message));
}

}  // namespace

Result<Recipient> parse_recipient(std::string_view text) {
  Recipient recipient;
  const std::optional<Bech32> decoded = bech32_decode(text, recipient.point);
  if (!decoded.has_value() || decoded->prefix != kRecipientPrefix ||
      decoded->size_bytes != kKeyBytes)
    return fail(ErrorKind::kInvalid, "age.recipient",
                "A recipient must be one 'age1...' key as age-keygen prints it: copy it whole.");
  return recipient;
}

std::string to_string(const Recipient& recipient) {
  std::string text(bech32_size(kRecipientPrefix, kKeyBytes), '\0');
  bech32_encode(kRecipientPrefix, recipient.point,
                {reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  return text;
}

Identity Identity::generate() {
  Identity identity;
  identity.scalar_ = SecretBytes::random(kKeyBytes);
  return identity;
}

Result<Identity> Identity::parse(std::string_view text) {
  Identity identity;
  identity.scalar_ = SecretBytes(kKeyBytes);
  const std::optional<Bech32> decoded = bech32_decode(text, identity.scalar_.writable());
  if (!decoded.has_value() || decoded->prefix != kIdentityPrefix ||
      decoded->size_bytes != kKeyBytes)
    return refuse_identity(
        "An identity must be one 'AGE-SECRET-KEY-1...' line as age-keygen writes it.");
  return identity;
}

Result<std::vector<Identity>> Identity::parse_file(ByteView content) {
  VIGIL_ASSIGN(IdentityFile file, parse_identity_file(content));
  if (file.identities.empty())
    return refuse_identity("The identity file holds no key that this version can use.");
  return std::move(file.identities);
}

Result<IdentityFile> parse_identity_file(ByteView content) {
  IdentityFile file;
  std::string_view rest = as_text(content);
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    SecretBytes seed(kKeyBytes);
    if (const auto hybrid = bech32_decode(line, seed.writable());
        hybrid.has_value() && hybrid->prefix == kHybridPrefix) {
      ++file.post_quantum_count;
      continue;
    }
    Result<Identity> identity = Identity::parse(line);
    if (!identity.has_value())
      return refuse_identity(
          fmt::format("Line {} of the identity file is not an 'AGE-SECRET-KEY-1...' key.", number));
    file.identities.push_back(std::move(*identity));
  }
  if (file.identities.empty() && file.post_quantum_count == 0)
    return refuse_identity("The identity file holds no key.");
  return file;
}

SecretBytes Identity::to_text() const {
  constexpr std::string_view kPrefix = "age-secret-key-";
  SecretBytes text(bech32_size(kPrefix, kKeyBytes));
  bech32_encode(kPrefix, scalar_.view(), text.writable());
  for (std::uint8_t& c : text.writable())
    if (c >= 'a' && c <= 'z') c = static_cast<std::uint8_t>(c - 'a' + 'A');
  return text;
}

Recipient Identity::recipient() const {
  CHECK(scalar_.size() == kKeyBytes);
  Recipient recipient;
  CHECK(crypto_scalarmult_curve25519_base(recipient.point.data(), scalar_.view().data()) == 0);
  return recipient;
}

Identity Identity::clone() const {
  Identity copy;
  copy.scalar_ = scalar_.clone();
  return copy;
}

}  // namespace vigil::crypto::age

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
constexpr std::size_t kKeyBytes = crypto_scalarmult_curve25519_BYTES;

std::unexpected<Error> refuse_identity(std::string message) {
  return fail(ErrorKind::kInvalid, "age.identity", std::move(message));
}

}  // namespace

Result<Recipient> parse_recipient(std::string_view text) {
  const std::optional<Bech32> decoded = bech32_decode(text);
  if (!decoded.has_value() || decoded->prefix != kRecipientPrefix ||
      decoded->data.size() != kKeyBytes)
    return fail(ErrorKind::kInvalid, "age.recipient",
                "A recipient must be one 'age1...' key as age-keygen prints it: copy it whole.");
  Recipient recipient;
  std::ranges::copy(decoded->data.view(), recipient.point.begin());
  return recipient;
}

std::string to_string(const Recipient& recipient) {
  return std::string(bech32_encode(kRecipientPrefix, recipient.point).text());
}

Identity Identity::generate() {
  Identity identity;
  identity.scalar_ = SecretBytes::random(kKeyBytes);
  return identity;
}

Result<Identity> Identity::parse(std::string_view text) {
  std::optional<Bech32> decoded = bech32_decode(text);
  if (!decoded.has_value() || decoded->prefix != kIdentityPrefix ||
      decoded->data.size() != kKeyBytes)
    return refuse_identity(
        "An identity must be one 'AGE-SECRET-KEY-1...' line as age-keygen writes it.");
  Identity identity;
  identity.scalar_ = std::move(decoded->data);
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
    if (const auto hybrid = bech32_decode(line);
        hybrid.has_value() && hybrid->prefix == "AGE-SECRET-KEY-PQ-") {
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
  SecretBytes text = bech32_encode("age-secret-key-", scalar_.view());
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

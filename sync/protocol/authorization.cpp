// SPDX-License-Identifier: Apache-2.0
#include "sync/protocol/authorization.h"

#include <optional>

#include <fmt/format.h>

namespace vigil::sync {
namespace {

constexpr std::string_view kPurpose = "vigil-hub-request-1";
constexpr std::string_view kComment = "vigil hub request";

std::unexpected<Error> denied() {
  return fail(ErrorKind::kDenied, "hub.auth",
              "The hub does not know who asks: sign a fresh challenge with the office's key.");
}

// "name=value" at the start of `rest`, up to the next ", " or the end.
std::optional<std::string_view> take_field(std::string_view& rest, std::string_view name) {
  if (!rest.starts_with(name)) return std::nullopt;
  rest.remove_prefix(name.size());
  if (!rest.starts_with('=')) return std::nullopt;
  rest.remove_prefix(1);
  const std::size_t end = rest.find(", ");
  const std::string_view value = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  return value;
}

}  // namespace

std::string authorization_text(std::string_view method, std::string_view target,
                               std::string_view nonce) {
  return fmt::format("{}\n{}\n{}\n{}\n", kPurpose, method, target, nonce);
}

std::string authorization_header(const crypto::minisign::SecretKey& key, std::string_view method,
                                 std::string_view target, std::string_view nonce) {
  const std::string text = authorization_text(method, target, nonce);
  const std::string signature =
      crypto::minisign::sign(key, crypto::blake2b_512(as_bytes(text)), kComment);
  return fmt::format("Vigil key={}, nonce={}, signature={}",
                     crypto::minisign::to_string(key.public_key()), nonce,
                     base64_encode(as_bytes(signature)));
}

Result<Authorization> parse_authorization(std::string_view header) {
  constexpr std::string_view kScheme = "Vigil ";
  if (!header.starts_with(kScheme)) return denied();
  header.remove_prefix(kScheme.size());
  const auto key = take_field(header, "key");
  const auto nonce = take_field(header, "nonce");
  const auto signature = take_field(header, "signature");
  if (!key || !nonce || !signature || !header.empty()) return denied();
  const auto public_key = crypto::minisign::parse_public_key(*key);
  const auto signature_file = base64_decode(*signature);
  if (!public_key || !signature_file) return denied();
  return Authorization{*public_key, std::string(*nonce), std::string(as_text(*signature_file))};
}

Status verify_authorization(const Authorization& authorization, std::string_view method,
                            std::string_view target) {
  const std::string text = authorization_text(method, target, authorization.nonce);
  const auto verified = crypto::minisign::verify(
      authorization.key, crypto::blake2b_512(as_bytes(text)), authorization.signature_file,
      crypto::minisign::UntrustedComment::kOurs);
  if (!verified || *verified != kComment) return denied();
  return {};
}

}  // namespace vigil::sync

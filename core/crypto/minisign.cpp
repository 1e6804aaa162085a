// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/minisign.h"

#include <algorithm>
#include <optional>

#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/minisign_format.h"

namespace vigil::crypto::minisign {
namespace {

std::unexpected<Error> refuse(std::string_view code, std::string message) {
  return fail(ErrorKind::kInvalid, code, std::move(message));
}

std::unexpected<Error> bad_format(std::string_view what) {
  return refuse("minisign.format",
                "The signature file is not a minisign signature: " + std::string(what) + ".");
}

// What is signed the second time: the first signature, then the trusted comment.
Bytes comment_message(ByteView signature, std::string_view trusted_comment) {
  Bytes message(signature.begin(), signature.end());
  message.insert(message.end(), trusted_comment.begin(), trusted_comment.end());
  return message;
}

bool signature_holds(const PublicKey& key, ByteView message, ByteView signature) {
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                     key.point.data()) == 0;
}

struct SignatureFile {
  std::string_view untrusted_comment;
  Bytes signature_line;
  std::string_view trusted_comment;
  Bytes comment_signature;
};

Result<SignatureFile> split_signature_file(std::string_view text) {
  std::array<std::string_view, 4> lines;
  for (std::string_view& line : lines) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return bad_format("it has fewer than four lines");
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  if (!text.empty()) return bad_format("something follows the fourth line");
  SignatureFile file;
  if (!lines[0].starts_with(kUntrustedPrefix) || lines[0].size() > kUntrustedLimitBytes)
    return bad_format("the first line is no untrusted comment");
  file.untrusted_comment = lines[0];
  std::optional<Bytes> signature = base64_decode(lines[1]);
  if (!signature.has_value() || signature->size() != kSignatureLineBytes)
    return bad_format("the second line is no signature");
  file.signature_line = std::move(*signature);
  if (!lines[2].starts_with(kTrustedPrefix) || lines[2].size() > kTrustedLimitBytes)
    return bad_format("the third line is no trusted comment");
  file.trusted_comment = lines[2].substr(kTrustedPrefix.size());
  std::optional<Bytes> comment_signature = base64_decode(lines[3]);
  if (!comment_signature.has_value() || comment_signature->size() != crypto_sign_BYTES)
    return bad_format("the fourth line is no signature");
  file.comment_signature = std::move(*comment_signature);
  return file;
}

}  // namespace

bool is_comment_text(std::string_view text) {
  return is_utf8(text) && std::ranges::none_of(text, [](char c) {
           // The stock tool puts tabs into its own comments.
           return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
         });
}

bool is_trusted_comment(std::string_view text) {
  return is_comment_text(text) && text.size() + kTrustedPrefix.size() <= kTrustedLimitBytes;
}

std::string to_string(const PublicKey& key) {
  Bytes line = to_bytes(kSignatureAlgorithm);
  line.insert(line.end(), key.key_number.begin(), key.key_number.end());
  line.insert(line.end(), key.point.begin(), key.point.end());
  return base64_encode(line);
}

Result<PublicKey> parse_public_key(std::string_view base64_line) {
  const std::optional<Bytes> line = base64_decode(base64_line);
  if (!line.has_value() || line->size() != kPublicLineBytes ||
      !as_text(*line).starts_with(kSignatureAlgorithm))
    return refuse("minisign.public_key",
                  "A public key must be the 56 characters that minisign prints: copy them whole.");
  PublicKey key;
  const auto number = line->begin() + 2;
  std::copy_n(number, key.key_number.size(), key.key_number.begin());
  std::copy_n(number + 8, key.point.size(), key.point.begin());
  return key;
}

std::string public_key_file(const PublicKey& key, std::string_view comment) {
  CHECK(is_comment_text(comment));
  return std::string(kUntrustedPrefix) + std::string(comment) + "\n" + to_string(key) + "\n";
}

Result<PublicKey> parse_public_key_file(ByteView content) {
  std::string_view text = as_text(content);
  const std::size_t end = text.find('\n');
  if (!text.starts_with(kUntrustedPrefix) || end == std::string_view::npos)
    return refuse("minisign.public_key",
                  "The public key file is not minisign's: its first line must be a comment.");
  text.remove_prefix(end + 1);
  if (text.ends_with('\n')) text.remove_suffix(1);
  return parse_public_key(text);
}

std::string sign(const SecretKey& key, const Blake2b512& digest, std::string_view trusted_comment) {
  CHECK(is_trusted_comment(trusted_comment));
  const ByteView raw = key.raw().view();
  CHECK(raw.size() == kRawKeyBytes);
  const std::uint8_t* secret = raw.data() + kKeyNumberBytes;
  std::array<std::uint8_t, crypto_sign_BYTES> signature{};
  CHECK(crypto_sign_detached(signature.data(), nullptr, digest.data(), digest.size(), secret) == 0);
  const Bytes message = comment_message(signature, trusted_comment);
  std::array<std::uint8_t, crypto_sign_BYTES> comment_signature{};
  CHECK(crypto_sign_detached(comment_signature.data(), nullptr, message.data(), message.size(),
                             secret) == 0);
  Bytes line = to_bytes(kPrehashedAlgorithm);
  line.insert(line.end(), raw.begin(), raw.begin() + kKeyNumberBytes);
  line.insert(line.end(), signature.begin(), signature.end());
  return std::string(kUntrustedComment) + "\n" + base64_encode(line) + "\n" +
         std::string(kTrustedPrefix) + std::string(trusted_comment) + "\n" +
         base64_encode(comment_signature) + "\n";
}

Result<std::string> verify(const PublicKey& key, const Blake2b512& digest,
                           std::string_view signature_file, UntrustedComment comment) {
  VIGIL_ASSIGN(const SignatureFile file, split_signature_file(signature_file));
  if (comment == UntrustedComment::kOurs && file.untrusted_comment != kUntrustedComment)
    return refuse("minisign.comment",
                  "The signature file's first line is not the fixed one, so it was rewritten.");
  const std::string_view algorithm = as_text(file.signature_line).substr(0, 2);
  if (algorithm == kSignatureAlgorithm)
    return refuse("minisign.legacy",
                  "The signature is of minisign's old kind, which is not accepted: sign again "
                  "with a current minisign.");
  if (algorithm != kPrehashedAlgorithm) return bad_format("its algorithm is unknown");
  const ByteView number = ByteView(file.signature_line).subspan(2, kKeyNumberBytes);
  if (!std::ranges::equal(number, key.key_number))
    return refuse("minisign.key", "The signature was made with another key than the one given.");
  const ByteView signature = ByteView(file.signature_line).subspan(2 + kKeyNumberBytes);
  if (!signature_holds(key, digest, signature))
    return refuse("minisign.signature",
                  "The signature does not fit: the file was changed after it was signed, or "
                  "another key signed it.");
  if (!signature_holds(key, comment_message(signature, file.trusted_comment),
                       file.comment_signature) ||
      !is_comment_text(file.trusted_comment))
    return refuse("minisign.comment", "The signature's trusted comment was changed.");
  return std::string(file.trusted_comment);
}

Result<std::array<std::uint8_t, 8>> signer_of(std::string_view signature_file) {
  VIGIL_ASSIGN(const SignatureFile file, split_signature_file(signature_file));
  std::array<std::uint8_t, 8> number{};
  std::copy_n(file.signature_line.begin() + 2, number.size(), number.begin());
  return number;
}

}  // namespace vigil::crypto::minisign

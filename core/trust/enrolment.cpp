// SPDX-License-Identifier: Apache-2.0
#include "core/trust/enrolment.h"

#include "core/base/check.h"
#include "core/crypto/hash.h"
#include "core/trust/fingerprint_words.h"
#include "core/trust/label.h"

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

constexpr std::string_view kFirstLine = "vigil-request-1\n";
constexpr std::string_view kKeyWord = "key ";
constexpr std::string_view kLabelWord = "label ";
constexpr std::string_view kTrustedComment = "vigil-request-1";
constexpr std::string_view kFingerprintContext = "vigil-fingerprint-1\n";

std::unexpected<Error> bad_format() {
  return fail(ErrorKind::kInvalid, "request.format",
              "This is not an enrolment request; let the tablet write it again.");
}

std::string signed_part(const minisign::PublicKey& key, std::string_view label) {
  return std::string(kFirstLine) + std::string(kKeyWord) + minisign::to_string(key) + "\n" +
         std::string(kLabelWord) + std::string(label) + "\n";
}

// The value of "word value\n" at the start of `rest`, which is taken off.
std::optional<std::string_view> take_value(std::string_view& rest, std::string_view word) {
  const auto end = rest.find('\n');
  if (!rest.starts_with(word) || end == std::string_view::npos) return std::nullopt;
  const std::string_view value = rest.substr(word.size(), end - word.size());
  rest.remove_prefix(end + 1);
  return value;
}

}  // namespace

std::string write_request(const minisign::SecretKey& device, std::string_view label) {
  CHECK(is_label(label));
  const std::string text = signed_part(device.public_key(), label);
  return text + minisign::sign(device, crypto::blake2b_512(as_bytes(text)), kTrustedComment);
}

Result<EnrolmentRequest> read_request(std::string_view text) {
  if (text.size() > kRequestLimitBytes || !text.starts_with(kFirstLine)) return bad_format();
  std::string_view rest = text.substr(kFirstLine.size());
  const auto key_text = take_value(rest, kKeyWord);
  const auto label = take_value(rest, kLabelWord);
  if (!key_text || !label || !is_label(*label)) return bad_format();
  auto key = minisign::parse_public_key(*key_text);
  // Written out again, so that one request has one spelling.
  if (!key || !text.starts_with(signed_part(*key, *label))) return bad_format();
  const std::string_view covered = text.substr(0, text.size() - rest.size());
  const auto comment = minisign::verify(*key, crypto::blake2b_512(as_bytes(covered)), rest,
                                        minisign::UntrustedComment::kOurs);
  if (!comment || *comment != kTrustedComment)
    return fail(ErrorKind::kInvalid, "request.signature",
                "The enrolment request was changed, or its sender does not hold the key.");
  return EnrolmentRequest{*key, std::string(*label)};
}

std::vector<std::string> fingerprint_words(const minisign::PublicKey& key, WordLanguage language) {
  Bytes text = to_bytes(kFingerprintContext);
  // The key number is covered too: with another one the tablet's bundles would not be recognised.
  text.insert(text.end(), key.key_number.begin(), key.key_number.end());
  text.insert(text.end(), key.point.begin(), key.point.end());
  const crypto::Blake2b256 digest = crypto::blake2b_256(text);
  const auto& list = language == WordLanguage::kEnglish ? kEnglishWords : kRussianWords;
  std::vector<std::string> words;
  for (std::size_t i = 0; i < kFingerprintWords; ++i) words.emplace_back(list[digest[i]]);
  return words;
}

std::string fingerprint_text(const minisign::PublicKey& key, WordLanguage language) {
  const auto words = fingerprint_words(key, language);
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) text += words[i] + (i % 4 == 3 ? "\n" : " ");
  return text;
}

}  // namespace vigil::trust

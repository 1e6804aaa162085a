// SPDX-License-Identifier: Apache-2.0
#include "core/log/receipt.h"

#include "core/log/decimal.h"

namespace vigil::log {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view kIndexKey = "index ";
constexpr std::size_t kProofLimit = 63;  // a tree of 2^63 leaves is no deeper

std::unexpected<Error> bad_format(std::string message) {
  return fail(ErrorKind::kInvalid, "receipt.format", std::move(message));
}

// Takes one line off `rest`, without its newline; nullopt where none ends.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string emit_receipt(const Receipt& receipt) {
  std::string text(kFirstLine);
  text += std::string(kIndexKey) + std::to_string(receipt.index) + "\n";
  for (const Hash& hash : receipt.proof) text += base64_encode(hash) + "\n";
  return text + "\n" + receipt.checkpoint;
}

Result<Receipt> parse_receipt(std::string_view text) {
  if (text.size() > kReceiptLimitBytes) return bad_format("The receipt is too long.");
  if (!text.starts_with(kFirstLine)) return bad_format("This is not a receipt.");
  std::string_view rest = text.substr(kFirstLine.size());
  auto line = take_line(rest);
  if (!line || !line->starts_with(kIndexKey)) return bad_format("The receipt has no entry number.");
  const auto index = parse_decimal(line->substr(kIndexKey.size()));
  if (!index) return bad_format("The receipt's entry number is not a number.");
  Receipt receipt;
  receipt.index = *index;
  for (line = take_line(rest); line && !line->empty(); line = take_line(rest)) {
    const auto bytes = base64_decode(*line);
    Hash hash{};
    if (!bytes || bytes->size() != hash.size() || receipt.proof.size() == kProofLimit)
      return bad_format("The receipt's proof is not a list of hashes.");
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    receipt.proof.push_back(hash);
  }
  if (!line || rest.empty()) return bad_format("The receipt ends before its checkpoint.");
  receipt.checkpoint = std::string(rest);
  return receipt;
}

Result<VerifiedReceipt> verify_receipt(std::string_view receipt, ByteView entry,
                                       const VerifierKey& log,
                                       const std::vector<VerifierKey>& witnesses,
                                       std::size_t quorum) {
  VIGIL_ASSIGN(const Receipt parsed, parse_receipt(receipt));
  auto checkpoint = verify_checkpoint(parsed.checkpoint, log, witnesses, quorum);
  if (!checkpoint)
    return fail(ErrorKind::kInvalid, "receipt.checkpoint",
                "The receipt is not signed as the roster demands: " + checkpoint.error().message);
  if (!verify_inclusion(parsed.index, checkpoint->checkpoint.size, leaf_hash(entry), parsed.proof,
                        checkpoint->checkpoint.root))
    return fail(ErrorKind::kInvalid, "receipt.proof", "This is a receipt for something else.");
  return VerifiedReceipt{parsed.index, std::move(*checkpoint)};
}

}  // namespace vigil::log

// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/age_armor.h"

#include <algorithm>

#include "core/crypto/age_header.h"

namespace vigil::crypto::age {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr std::size_t kLineBytes = kArmorColumns / 4 * 3;  // bytes that fill a line

std::unexpected<Error> refuse(std::string_view what) {
  return fail_as(Failure::kArmor, "The armored age file is damaged: " + std::string(what) + ".");
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

}  // namespace

Result<bool> ArmorSource::next_line(std::string& line) {
  line.clear();
  while (true) {
    const std::size_t end = buffered_.find('\n', buffer_at_);
    if (end != std::string::npos) {
      line.append(buffered_, buffer_at_, end - buffer_at_);
      buffer_at_ = end + 1;
      if (line.ends_with('\r')) line.pop_back();
      return true;
    }
    line.append(buffered_, buffer_at_);
    // No line that may stand here is this long.
    if (line.size() > kArmorSpaceLimitBytes + kArmorColumns) return refuse("a line is too long");
    buffered_.resize(kReadBytes);
    buffer_at_ = 0;
    VIGIL_ASSIGN(const std::size_t count,
                 text_.read({reinterpret_cast<std::uint8_t*>(buffered_.data()), kReadBytes}));
    buffered_.resize(count);
    if (count == 0) return !line.empty();
  }
}

Status ArmorSource::begin() {
  std::string line;
  std::size_t blank_bytes = 0;
  while (true) {
    VIGIL_ASSIGN(const bool more, next_line(line));
    if (!more) return refuse("it has no BEGIN line");
    if (!is_blank(line)) break;
    blank_bytes += line.size() + 1;
    if (blank_bytes > kArmorSpaceLimitBytes) return refuse("too much blank space before it");
  }
  if (line != kArmorBegin) return refuse("its BEGIN line is not age's");
  begun_ = true;
  return {};
}

Status ArmorSource::check_rest() {
  ended_ = true;
  std::string line;
  std::size_t blank_bytes = 0;
  while (true) {
    VIGIL_ASSIGN(const bool more, next_line(line));
    if (!more) return {};
    if (!is_blank(line)) return refuse("something follows its END line");
    blank_bytes += line.size() + 1;
    if (blank_bytes > kArmorSpaceLimitBytes) return refuse("too much blank space after it");
  }
}

Status ArmorSource::take_line() {
  std::string line;
  VIGIL_ASSIGN(const bool more, next_line(line));
  if (!more) return refuse("its END line is missing");
  if (line == kArmorEnd) return check_rest();
  if (short_line_seen_) return refuse("a short line is not the last one");
  if (line.empty() || line.size() > kArmorColumns) return refuse("a line is empty or too long");
  const std::optional<Bytes> part = base64_decode(line);
  if (!part.has_value()) return refuse("a line is not canonical base64");
  short_line_seen_ = line.size() < kArmorColumns || line.ends_with('=');
  decoded_.insert(decoded_.end(), part->begin(), part->end());
  return {};
}

Result<std::size_t> ArmorSource::read(std::span<std::uint8_t> buffer) {
  if (!begun_) VIGIL_TRY(begin());
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    if (decoded_at_ == decoded_.size()) {
      decoded_.clear();
      decoded_at_ = 0;
      while (!ended_ && decoded_.size() < kReadBytes) VIGIL_TRY(take_line());
      if (decoded_.empty()) break;
    }
    const std::size_t count = std::min(buffer.size() - filled, decoded_.size() - decoded_at_);
    std::copy_n(decoded_.begin() + static_cast<std::ptrdiff_t>(decoded_at_), count,
                buffer.begin() + static_cast<std::ptrdiff_t>(filled));
    decoded_at_ += count;
    filled += count;
  }
  return filled;
}

bool looks_armored(ByteView start) {
  const std::string_view text = as_text(start);
  if (text.starts_with("age-encryption.org/")) return false;
  return text.substr(0, 2 * kArmorSpaceLimitBytes).find("-----") != std::string_view::npos;
}

Status ArmorSink::write_lines(ByteView bytes) {
  std::string lines;
  if (!begun_) lines = std::string(kArmorBegin) + "\n";
  begun_ = true;
  for (; !bytes.empty(); bytes = bytes.subspan(std::min(kLineBytes, bytes.size()))) {
    lines += base64_encode(bytes.first(std::min(kLineBytes, bytes.size())));
    lines.push_back('\n');
  }
  return text_.write(as_bytes(lines));
}

Status ArmorSink::write(ByteView bytes) {
  pending_.insert(pending_.end(), bytes.begin(), bytes.end());
  const std::size_t whole = pending_.size() / kLineBytes * kLineBytes;
  VIGIL_TRY(write_lines(ByteView(pending_).first(whole)));
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(whole));
  return {};
}

Status ArmorSink::finish() {
  VIGIL_TRY(write_lines(pending_));
  return text_.write(as_bytes(std::string(kArmorEnd) + "\n"));
}

Status armor(Source& binary, Sink& text) {
  ArmorSink sink(text);
  Bytes buffer(kReadBytes);
  while (true) {
    VIGIL_ASSIGN(const std::size_t count, binary.read(buffer));
    VIGIL_TRY(sink.write(ByteView(buffer).first(count)));
    if (count < buffer.size()) return sink.finish();
  }
}

}  // namespace vigil::crypto::age

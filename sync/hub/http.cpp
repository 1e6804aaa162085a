// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/http.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/json.h"

namespace vigil::hub {
namespace {

class Decided final : public Exchange {
 public:
  explicit Decided(Response response) : response_(std::move(response)) {}
  bool receive(ByteView) override { return true; }
  Response finish() override { return std::move(response_); }
  bool decided() const override { return true; }

 private:
  Response response_;
};

class Collected final : public Exchange {
 public:
  Collected(std::size_t limit_bytes, std::function<Response(ByteView)> answer)
      : limit_bytes_(limit_bytes), answer_(std::move(answer)) {}

  bool receive(ByteView bytes) override {
    if (bytes.size() > limit_bytes_ - body_.size()) too_big_ = true;
    if (!too_big_) body_.insert(body_.end(), bytes.begin(), bytes.end());
    return true;
  }

  Response finish() override {
    if (too_big_) {
      return error_response(413, {ErrorKind::kInvalid, "hub.body_size",
                                  "The body is larger than this request allows."});
    }
    return answer_(body_);
  }

 private:
  std::size_t limit_bytes_;
  std::function<Response(ByteView)> answer_;
  Bytes body_;
  bool too_big_ = false;
};

std::unexpected<Error> bad_range() {
  return fail(ErrorKind::kInvalid, "hub.range",
              "The Range header asks for bytes that are not there.");
}

}  // namespace

const std::string* Request::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? nullptr : &found->second;
}

std::unique_ptr<Exchange> answer_at_once(Response response) {
  return std::make_unique<Decided>(std::move(response));
}

std::unique_ptr<Exchange> collect_body(std::size_t limit_bytes,
                                       std::function<Response(ByteView)> answer) {
  return std::make_unique<Collected>(limit_bytes, std::move(answer));
}

Response json_response(int status, std::string json) {
  Response response;
  response.status = status;
  response.headers["Content-Type"] = "application/json";
  response.headers["Cache-Control"] = "no-store";
  response.body = std::move(json) + "\n";
  return response;
}

Response error_response(int status, const Error& error) {
  return json_response(
      status, emit_json(Json(
                  Json::Object{{"error", Json(Json::Object{{"code", Json(error.code)},
                                                           {"message", Json(error.message)}})}})));
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  if (text.empty() || text.front() == '-') return std::nullopt;
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return static_cast<std::uint64_t>(value);
}

Result<ByteRange> parse_range(std::string_view header, std::uint64_t size_bytes) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit) || size_bytes == 0) return bad_range();
  header.remove_prefix(kUnit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return bad_range();
  const std::string_view from = header.substr(0, dash);
  const std::string_view to = header.substr(dash + 1);
  if (from.empty()) {  // the last n bytes
    const auto count = parse_decimal(to);
    if (!count || *count == 0) return bad_range();
    return ByteRange{size_bytes - std::min(*count, size_bytes), size_bytes - 1};
  }
  const auto first = parse_decimal(from);
  if (!first || *first >= size_bytes) return bad_range();
  if (to.empty()) return ByteRange{*first, size_bytes - 1};
  const auto last = parse_decimal(to);
  if (!last || *last < *first) return bad_range();
  return ByteRange{*first, std::min(*last, size_bytes - 1)};
}

}  // namespace vigil::hub

// SPDX-License-Identifier: Apache-2.0
//
// One request and one reply, as the hub's rules see them: no socket, no library. http_server.h
// carries them. Thread: values; an Exchange belongs to the thread of its connection.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/files.h"

namespace vigil::hub {

struct Request {
  std::string method;  // X-HTTP-Method-Override wins over the request line (tus 1.0.0)
  std::string path;    // percent-decoded, without the query
  std::string target;  // path and query as they are signed in Authorization
  std::map<std::string, std::string, std::less<>> headers;  // names in lower case
  std::map<std::string, std::string, std::less<>> query;

  // nullptr where there is no such header; `name` in lower case.
  [[nodiscard]] const std::string* header(std::string_view name) const;
};

// A part of a file as a reply's body: streamed, never held whole.
struct FileRange {
  std::shared_ptr<ReadableFile> file;
  std::uint64_t offset_bytes = 0;
  std::uint64_t size_bytes = 0;
};

struct Response {
  int status = 200;
  std::map<std::string, std::string> headers;
  std::string body;
  std::optional<FileRange> file;  // instead of `body`
};

// One request whose body arrives in pieces. Destroyed without finish() when the connection dies.
class Exchange {
 public:
  virtual ~Exchange() = default;
  // False: close the connection without an answer.
  [[nodiscard]] virtual bool receive(ByteView bytes) = 0;
  [[nodiscard]] virtual Response finish() = 0;
  // True where the answer is already known and the body does not matter.
  [[nodiscard]] virtual bool decided() const { return false; }
};

using BeginExchange = std::function<std::unique_ptr<Exchange>(const Request&)>;

// An exchange whose answer is known before its body.
[[nodiscard]] std::unique_ptr<Exchange> answer_at_once(Response response);
// Collects a body of at most `limit_bytes` (413 beyond) and hands it to `answer`.
[[nodiscard]] std::unique_ptr<Exchange> collect_body(std::size_t limit_bytes,
                                                     std::function<Response(ByteView)> answer);

// {"error":{"code":...,"message":...}} with this status.
[[nodiscard]] Response error_response(int status, const Error& error);
[[nodiscard]] Response json_response(int status, std::string json);

// "bytes=a-b", "bytes=a-", "bytes=-n" over a file of `size_bytes`: first and last byte. kInvalid
// "hub.range": not to be had (416), or more than one range.
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};
[[nodiscard]] Result<ByteRange> parse_range(std::string_view header, std::uint64_t size_bytes);

// Decimal digits only, no sign, at most 2^63 - 1; nullopt otherwise.
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view text);

}  // namespace vigil::hub

// SPDX-License-Identifier: Apache-2.0
//
// The way to the hub (libcurl): one request, one reply, and the certainty that it was the hub that
// replied. No wall clock takes part. Thread: one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/stream.h"

namespace vigil::sync {

// How long and how often something is tried. A try that got further starts the count anew.
struct Patience {
  int tries = 8;
  // Where every connection was refused and the hub never answered on this link, a wrong address or
  // a stopped hub is likelier than a bad network: some 10 s in all, not a minute. At most `tries`.
  int tries_refused = 5;
  std::int64_t first_wait_ms = 500;  // doubles with each failure, plus up to half at random
  std::int64_t longest_wait_ms = 30'000;
  std::function<void(std::int64_t wait_ms)> sleep;  // empty: really sleeps
};
// Waits before try number `failures` + 1.
void wait_before_retry(const Patience& patience, int failures);

struct LinkOptions {
  std::string hub_url;  // "http://127.0.0.1:8080", no path
  // "sha256//<base64>" of the hub's public key (SPKI), as curl takes it. With a pin the
  // certificate's dates and names do not count: the tablet's clock may be anywhere.
  std::string pinned_key = {};
  long connect_timeout_s = 15;
  long stall_timeout_s = 30;  // without one byte either way
};

struct Ask {
  std::string method = "GET";
  std::string path;  // from "/"
  std::map<std::string, std::string> headers = {};
  ByteView body = {};                // sent where the method is POST, PATCH or PUT
  crypto::Sink* download = nullptr;  // takes the body of a 200 or 206 instead of Reply::body
};

struct Reply {
  int status = 0;
  std::map<std::string, std::string, std::less<>> headers;  // names in lower case
  std::string body;                                         // at most 16 MiB

  [[nodiscard]] const std::string* header(std::string_view name) const;
};

class HubLink {
 public:
  // kUsage "sync.url": not http:// or https:// with a host and no path.
  [[nodiscard]] static Result<std::unique_ptr<HubLink>> open(LinkOptions options);
  ~HubLink();
  HubLink(const HubLink&) = delete;
  HubLink& operator=(const HubLink&) = delete;

  // One try. kUnavailable "sync.unreachable": no connection, or it died; kUnavailable
  // "sync.not_the_hub": something answered, but not the hub (a login page, another server, another
  // key): nothing it said counts.
  [[nodiscard]] Result<Reply> ask(const Ask& ask);
  // Tries until the hub answers with anything but 5xx. kUnavailable as above, the last failure.
  [[nodiscard]] Result<Reply> ask_patiently(const Ask& ask, const Patience& patience);

  // Whether a failure, the `failures`th in a row, is the last that `patience` bears.
  [[nodiscard]] bool gives_up(const Patience& patience, int failures) const;

  // `location` of a reply to `path` as a path of this hub. kUnavailable "sync.not_the_hub": it
  // leads elsewhere.
  [[nodiscard]] Result<std::string> resolve(const std::string& path,
                                            const std::string& location) const;

 private:
  struct State;
  explicit HubLink(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The error of a reply that is not a success: kInvalid "sync.refused" for 4xx, with the hub's code
// and sentence where it gave them; for 5xx kUnavailable "sync.hub_full" (its disk) or
// "sync.unreachable".
[[nodiscard]] Error refusal(const Reply& reply);
// The "code" of the hub's JSON error, empty where there is none.
[[nodiscard]] std::string hub_code(const Reply& reply);

}  // namespace vigil::sync

// SPDX-License-Identifier: Apache-2.0
#include "core/vault/backoff.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/vault/store.h"

namespace vigil::vault {
namespace {

constexpr std::int64_t kLongestWaitMs = 3'600'000;
constexpr std::int64_t kFreeTries = 2;
constexpr std::size_t kTriesLimitBytes = 4096;

struct Tries {
  std::int64_t failures = 0;
  std::int64_t monotonic_ms = 0;  // at the last failure
};

// A file that is not ours to read counts as a full wait, not as none.
Tries read_tries(const Host& host, const std::string& path) {
  if (!host.files.exists(path)) return {};
  const Tries spoiled{.failures = 16, .monotonic_ms = 0};
  const auto bytes = host.files.read(path, kTriesLimitBytes);
  if (!bytes.has_value()) return spoiled;
  const auto json = parse_canonical_json(as_text(*bytes), {.trailing_newline = true});
  if (!json.has_value()) return spoiled;
  JsonReader reader(*json, "vault.tries");
  Tries tries;
  tries.failures = reader.number("failures", 0, 1'000'000);
  tries.monotonic_ms = reader.number("monotonic_ms", 0, kJsonNumberLimit - 1);
  return reader.finish().has_value() ? tries : spoiled;
}

// Only time since boot counts, as anybody may set the clock. After a restart it began again at
// zero, and all of it has passed since the failure: never more than really went by.
std::int64_t wait_left_ms(const Tries& tries, std::int64_t now_ms) {
  const std::int64_t passed_ms =
      now_ms >= tries.monotonic_ms ? now_ms - tries.monotonic_ms : now_ms;
  return wait_after_ms(tries.failures) - passed_ms;
}

}  // namespace

std::int64_t wait_left_ms(const Host& host, const std::string& folder) {
  const Tries tries = read_tries(host, path_in(folder, kTriesFile));
  return std::max<std::int64_t>(0, wait_left_ms(tries, host.clock.monotonic_ms()));
}

std::int64_t wait_after_ms(std::int64_t failures) {
  if (failures <= kFreeTries) return 0;
  const std::int64_t doublings = std::min<std::int64_t>(failures - kFreeTries, 12);
  return std::min(kLongestWaitMs, (std::int64_t{1} << doublings) * 1000);
}

Status begin_try(const Host& host, const std::string& folder) {
  const std::string path = path_in(folder, kTriesFile);
  Tries tries = read_tries(host, path);
  const std::int64_t now_ms = host.clock.monotonic_ms();
  const std::int64_t left_ms = wait_left_ms(tries, now_ms);
  if (left_ms > 0) {
    const std::int64_t left_s = (left_ms + 999) / 1000;
    const std::string wait = left_s < 120 ? std::to_string(left_s) + " seconds"
                                          : std::to_string((left_s + 59) / 60) + " minutes";
    return fail(ErrorKind::kUnavailable, "vault.backoff",
                "Too many wrong passphrases. Wait " + wait + ", then try again.");
  }
  tries.failures = std::min<std::int64_t>(tries.failures + 1, 1'000'000);
  Json::Object object;
  object.emplace_back("failures", tries.failures);
  object.emplace_back("monotonic_ms", std::clamp<std::int64_t>(now_ms, 0, kJsonNumberLimit - 1));
  return host.files.write_atomically(path, as_bytes(emit_json(object) + "\n"), true);
}

Status forget_tries(const Host& host, const std::string& folder) {
  return host.files.remove(path_in(folder, kTriesFile));
}

}  // namespace vigil::vault

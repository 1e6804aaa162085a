// SPDX-License-Identifier: Apache-2.0
//
// What the verifier says. Every claim gets one of three verdicts; nothing is ever "ok" because a
// check did not run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bundle/manifest.h"

namespace vigil::verify {

enum class Verdict { kHolds, kDoesNotHold, kUnchecked };
[[nodiscard]] std::string_view to_string(Verdict verdict);

// `claim` is a stable key ("signature"); statement() says it in words. `reason` is a sentence
// without a full stop; for kUnchecked it completes "because".
struct Claim {
  std::string claim;
  Verdict verdict = Verdict::kUnchecked;
  std::string reason;
};
[[nodiscard]] Claim holds(std::string_view claim, std::string reason);
[[nodiscard]] Claim does_not_hold(std::string_view claim, std::string reason);
[[nodiscard]] Claim unchecked(std::string_view claim, std::string reason);
// "is signed by a device of the roster"
[[nodiscard]] std::string_view statement(std::string_view claim);

struct BundleReport {
  std::string file;
  std::string id;      // empty where the manifest could not be trusted; so are the next two
  std::string device;  // label
  std::uint64_t sequence = 0;
  std::vector<Claim> claims;
};

struct DeviceReport {
  std::string label;
  std::string role;
  std::string key;
  std::vector<std::uint64_t> sequences;  // seen in files or log
  std::vector<std::uint64_t> gaps;       // the first kGapsListed of them
  std::uint64_t missing = 0;             // how many in all
  std::vector<std::uint64_t> explained;  // of the gaps listed, those with a tombstone
  std::vector<std::uint64_t> forks;
  std::vector<std::uint64_t> duplicates;  // sequences that came in more than one file
  std::vector<Claim> claims;
};
inline constexpr std::size_t kGapsListed = 1000;

struct EventReport {
  std::string file;
  std::string kind;  // this and the following are empty where its signature does not hold
  std::string device;
  std::string signer;
  std::uint64_t sequence = 0;
  std::string reason;
  std::vector<Claim> claims;
};

struct LogReport {
  bool given = false;
  std::string origin;
  std::uint64_t size = 0;
  std::string root;  // base64
  std::vector<Claim> claims;
};

struct Report {
  std::string office;
  std::uint64_t roster_version = 0;
  std::string roster_digest;  // BLAKE2b-512 of roster.json, as b2sum prints it
  std::string root_key;
  std::string root_words;  // its fingerprint, four rows
  std::vector<BundleReport> bundles;
  std::vector<DeviceReport> devices;
  std::vector<EventReport> events;
  LogReport log;
  bool unreadable = false;  // something given could not be read
};

struct Tally {
  std::uint64_t hold = 0;
  std::uint64_t do_not_hold = 0;
  std::uint64_t unchecked = 0;
};
[[nodiscard]] Tally tally(const std::vector<Claim>& claims);
[[nodiscard]] Tally tally(const Report& report);
// 1 where anything does not hold, else 3 where something could not be read, else 0.
[[nodiscard]] int exit_status(const Report& report);

}  // namespace vigil::verify

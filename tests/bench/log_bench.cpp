// SPDX-License-Identifier: Apache-2.0
//
// The log and the verifier at size:
//   log_bench FOLDER [leaves] [bundles] [bundle kilobytes]
// Appends that many leaves in groups of 10,000, makes 10,000 random inclusion proofs, prints the
// most memory taken; then seals bundles and judges them twice with what vigil-verify runs, the
// second time with a warm page cache. Prints; decides nothing.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/resource.h>

#include "app/verify/judge.h"
#include "core/base/check.h"
#include "core/bundle/seal/seal.h"
#include "core/log/tiles.h"
#include "platform/posix_files.h"

namespace vigil {
namespace {

constexpr std::size_t kGroup = 10'000;
constexpr std::size_t kProofs = 10'000;
constexpr std::size_t kEntryBytes = 900;  // a manifest with two payloads and its signature

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

long peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

// Of all threads, in user and system: what a busy machine does not blur.
double cpu_s() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void bench_log(Files& files, const std::string& folder, std::size_t leaves) {
  auto writer = log::LogWriter::open(
      files, folder, log::SignerKey::generate("bench.example/log", log::KeyType::kLog));
  CHECK(writer.has_value());
  std::vector<Bytes> group(std::min(kGroup, leaves), Bytes(kEntryBytes));
  for (Bytes& entry : group) crypto::random_fill(entry);
  const long before_mib = peak_mib();
  const double start = now_s();
  for (std::size_t done = 0; done < leaves; done += group.size()) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      const std::size_t number = done + i;
      for (std::size_t b = 0; b < sizeof number; ++b)
        group[i][b] = static_cast<std::uint8_t>(number >> (8 * b));
    }
    const std::vector<ByteView> views(group.begin(), group.end());
    CHECK(writer->append(views).has_value());
  }
  const double append_s = now_s() - start;
  fmt::print("append: {} leaves, {:.0f} a second, memory {} MiB (before: {})\n", writer->size(),
             static_cast<double>(writer->size()) / append_s, peak_mib(), before_mib);
  std::vector<double> times_ms;
  std::uint64_t index = 1;
  const double cpu_start = cpu_s();
  for (std::size_t i = 0; i < kProofs; ++i) {
    index = (index * 6364136223846793005ULL + 1442695040888963407ULL);
    const double from = now_s();
    CHECK(writer->receipt(index % writer->size()).has_value());
    times_ms.push_back((now_s() - from) * 1000);
  }
  const double cpu_ms = (cpu_s() - cpu_start) * 1000 / static_cast<double>(kProofs);
  std::ranges::sort(times_ms);
  fmt::print(
      "proof, at random: p50 {:.3f} ms, p99 {:.3f} ms, max {:.3f} ms, {:.3f} ms of CPU each\n",
      times_ms[kProofs / 2], times_ms[kProofs * 99 / 100], times_ms.back(), cpu_ms);
}

class Zeros final : public crypto::Source {
 public:
  explicit Zeros(std::uint64_t size_bytes) : left_(size_bytes) {}
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, buffer.size()));
    std::fill_n(buffer.begin(), count, std::uint8_t{0});
    left_ -= count;
    return count;
  }

 private:
  std::uint64_t left_;
};

void bench_verify(Files& files, const std::string& folder, std::size_t count,
                  std::uint64_t bundle_bytes) {
  CHECK(files.make_directories(folder).has_value());
  const auto root = crypto::minisign::SecretKey::generate();
  const auto device = crypto::minisign::SecretKey::generate();
  const auto office = crypto::age::Identity::generate();
  trust::Roster roster;
  roster.version = 1;
  roster.office = "bench";
  roster.root = root.public_key();
  roster.log = log::SignerKey::generate("bench", log::KeyType::kLog).verifier();
  roster.devices = {{device.public_key(), trust::DeviceRole::kTablet, "tablet-1", 1, {}, {}}};
  roster.recipients = {{office.recipient(), trust::RecipientRole::kGeneral, false}};
  verify::Question question;
  question.root = root.public_key();
  question.signed_roster = trust::sign_roster(roster, root).value();
  bundle::BundleDraft draft;
  draft.payload.recipients = {office.recipient()};
  draft.payload.members = {
      {"submission.xml", bundle_bytes, [bundle_bytes]() -> Result<std::unique_ptr<crypto::Source>> {
         return std::make_unique<Zeros>(bundle_bytes);
       }}};
  std::uint64_t total_bytes = 0;
  for (std::size_t i = 0; i < count; ++i) {
    draft.sequence = i + 1;
    question.bundle_files.push_back(fmt::format("{}/{}.vigil", folder, i));
    const auto sealed = bundle::seal_bundle(draft, device, files, question.bundle_files.back());
    CHECK(sealed.has_value());
    draft.previous = sealed->id;
    total_bytes += sealed->size_bytes;
  }
  for (const char* cache : {"first", "warm"}) {
    const double start = now_s();
    const double cpu_start = cpu_s();
    const auto report =
        verify::judge(files, question, [](std::string_view, std::uint64_t, std::uint64_t) {});
    const double took_s = now_s() - start;
    const double took_cpu_s = cpu_s() - cpu_start;
    CHECK(report.has_value() && verify::tally(*report).do_not_hold == 0);
    fmt::print(
        "verify, {}: {} bundles of {} KB, {:.0f} a second, {:.0f} MB/s, {:.3f} ms of CPU each\n",
        cache, count, total_bytes / count / 1000, static_cast<double>(count) / took_s,
        static_cast<double>(total_bytes) / took_s / 1e6,
        took_cpu_s * 1000 / static_cast<double>(count));
  }
}

}  // namespace
}  // namespace vigil

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: log_bench FOLDER [leaves] [bundles] [bundle kilobytes]\n", stderr);
    return 2;
  }
  vigil::crypto::initialise();
  const auto number = [&](int at, std::size_t otherwise) {
    return argc > at ? static_cast<std::size_t>(std::strtoull(argv[at], nullptr, 10)) : otherwise;
  };
  const auto files = vigil::platform::posix_files();
  const std::string folder = argv[1];
  vigil::bench_log(*files, folder + "/log", std::max<std::size_t>(number(2, 20'000), 1));
  vigil::bench_verify(*files, folder + "/bundles", std::max<std::size_t>(number(3, 500), 1),
                      number(4, 70) * 1000);
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include <sys/resource.h>

#include "core/vault/attachments.h"
#include "core/vault/visits.h"
#include "tests/core/vault/probe/modes.h"
#include "tests/core/vault/probe/open_probe.h"

namespace vigil::vault::probe {
namespace {

long peak_kib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

int attach(const std::string& folder, const std::string& key_hex, std::uint64_t size_bytes) {
  const auto opened = open_probe(folder, key_hex);
  Vault& vault = *opened->vault;
  const auto visit = new_visit(vault, {"place", "police", std::nullopt});
  const auto record = add_record(vault, visit->id, "custody", "1");
  CHECK(record.has_value());
  // Sealing touches everything once; a small one first makes the comparison one of data only.
  const long before_kib = peak_kib();
  auto writer = begin_attachment(vault, *record, "/data/video", "v.mp4", "video/mp4");
  CHECK(writer.has_value());
  Bytes block(1 << 20);
  for (std::uint64_t written = 0; written < size_bytes; written += block.size()) {
    block[0] = static_cast<std::uint8_t>(written >> 20);
    CHECK((*writer)->append(block).has_value());
  }
  CHECK((*writer)->commit().has_value());
  const auto file = open_attachment(vault, (*writer)->id());
  CHECK(file.has_value());
  for (std::uint64_t at = 0; at < size_bytes; at += 16 * block.size()) {
    CHECK((*file)->read_at(at, block).has_value());
    CHECK(block[0] == static_cast<std::uint8_t>(at >> 20));
  }
  CHECK(finalise_as_set_up(vault, visit->id).has_value());
  std::printf("%ld\n", peak_kib() - before_kib);
  return 0;
}

}  // namespace vigil::vault::probe

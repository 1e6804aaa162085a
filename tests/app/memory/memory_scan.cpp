// SPDX-License-Identifier: Apache-2.0
#include "tests/app/memory/memory_scan.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "core/crypto/secret_bytes.h"

namespace vigil::test {
namespace {

constexpr char kMask = 0x35;
constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::size_t kOverlapBytes = 512;

void wipe(std::string& text) {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.capacity()});
}

// Left out of what is looked through, as it holds copies of everything. Shared, so that the kernel
// does not join it to the mapping beside it.
char* block_memory() {
  static char* const memory =
      static_cast<char*>(::mmap(nullptr, kBlockBytes + kOverlapBytes, PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  return memory;
}

std::vector<char32_t> code_points(std::string_view text) {
  std::vector<char32_t> points;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    char32_t point = length == 1 ? byte : byte & (0x7fU >> length);
    for (std::size_t k = 1; k < length; ++k) {
      point = (point << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
    }
    points.push_back(point);
    i += length;
  }
  return points;
}

// Of the basic plane only, which is what tests plant.
std::string wide(std::string_view text, std::size_t unit_bytes) {
  std::string out;
  for (const char32_t point : code_points(text)) {
    for (std::size_t k = 0; k < unit_bytes; ++k) {
      out += static_cast<char>((point >> (8 * k)) & 0xffU);
    }
  }
  return out;
}

struct Mapping {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
  std::string name;
};

std::vector<Mapping> writable_mappings() {
  std::ifstream maps("/proc/self/maps");
  std::vector<Mapping> list;
  for (std::string line; std::getline(maps, line);) {
    std::istringstream words(line);
    std::string range;
    std::string rights;
    std::string offset;
    std::string device;
    std::string inode;
    Mapping mapping;
    words >> range >> rights >> offset >> device >> inode >> mapping.name;
    if (rights.size() < 2 || rights[0] != 'r' || rights[1] != 'w') continue;
    mapping.begin = std::stoull(range, nullptr, 16);
    mapping.end = std::stoull(range.substr(range.find('-') + 1), nullptr, 16);
    if (mapping.begin == reinterpret_cast<std::uintptr_t>(block_memory())) continue;
    if (mapping.name.empty()) mapping.name = "anonymous";
    list.push_back(mapping);
  }
  return list;
}

void print_around(std::string_view block, std::size_t at, const std::string& what) {
  const std::size_t begin = at < 64 ? 0 : at - 64;
  std::string text;
  for (const char c : block.substr(begin, 192)) text += c >= 32 && c < 127 ? c : '.';
  std::fprintf(stderr, "%s: %s\n", what.c_str(), text.c_str());
}

}  // namespace

void MemoryScan::add(const std::string& name, const std::string& spelling, std::string_view bytes) {
  ASSERT_GE(bytes.size(), 6u) << name << " is so short that it may stand anywhere";
  ASSERT_LT(bytes.size(), kOverlapBytes);
  std::string masked(bytes);
  for (char& c : masked) c = static_cast<char>(c ^ kMask);
  patterns_.push_back({name, spelling, std::move(masked)});
}

void MemoryScan::look_for_text(const std::string& name, std::string_view text) {
  names_.push_back(name);
  add(name, "UTF-8", text);
  std::string spelled = wide(text, 2);
  add(name, "UTF-16", spelled);
  wipe(spelled);
  spelled = wide(text, 4);
  add(name, "UTF-32", spelled);
  wipe(spelled);
  spelled = hex_encode(as_bytes(text));
  add(name, "hexadecimal", spelled);
  wipe(spelled);
  for (std::size_t shift = 0; shift < 3; ++shift) {
    std::string shifted = std::string(shift, 'x') + std::string(text);
    spelled = base64_encode(as_bytes(shifted));
    // Without the ends, which depend on the neighbours.
    const std::string_view middle = std::string_view(spelled).substr(4, spelled.size() - 8);
    if (middle.size() >= 6) add(name, "base64", middle);
    wipe(shifted);
    wipe(spelled);
  }
}

void MemoryScan::look_for_bytes(const std::string& name, ByteView bytes) {
  names_.push_back(name);
  add(name, "bytes", as_text(bytes));
  std::string spelled = hex_encode(bytes);
  add(name, "hexadecimal", spelled);
  wipe(spelled);
}

MemoryScan::Table MemoryScan::by_first_bytes() const {
  Table table(65536);
  for (std::size_t p = 0; p < patterns_.size(); ++p) {
    const std::string& masked = patterns_[p].masked;
    const auto first = static_cast<unsigned char>(masked[0] ^ kMask);
    const auto second = static_cast<unsigned char>(masked[1] ^ kMask);
    table[first * 256U + second].push_back(p);
  }
  return table;
}

void MemoryScan::scan_block(const Table& table, std::string_view block, const std::string& mapping,
                            std::vector<Hit>& hits) const {
  for (std::size_t at = 0; at + 1 < block.size(); ++at) {
    const auto& candidates = table[static_cast<unsigned char>(block[at]) * 256U +
                                   static_cast<unsigned char>(block[at + 1])];
    for (const std::size_t p : candidates) {
      const std::string& masked = patterns_[p].masked;
      if (masked.size() > block.size() - at) continue;
      const auto same = [](char a, char b) { return a == static_cast<char>(b ^ kMask); };
      if (!std::equal(masked.begin(), masked.end(), block.begin() + static_cast<long>(at), same)) {
        continue;
      }
      hits.push_back({p, mapping});
      if (std::getenv("VIGIL_SCAN_CONTEXT") != nullptr) {
        print_around(block, at,
                     patterns_[p].name + " (" + patterns_[p].spelling + ") in " + mapping);
      }
    }
  }
}

std::vector<MemoryScan::Hit> MemoryScan::scan() const {
  std::vector<Hit> hits;
  scanned_bytes_ = 0;
  char* const memory = block_memory();
  const Table table = by_first_bytes();
  for (const Mapping& mapping : writable_mappings()) {
    for (std::uintptr_t at = mapping.begin; at < mapping.end; at += kBlockBytes) {
      const std::size_t size = std::min<std::size_t>(kBlockBytes + kOverlapBytes, mapping.end - at);
      const iovec to{memory, size};
      const iovec from{reinterpret_cast<void*>(at), size};
      const ssize_t got = ::process_vm_readv(::getpid(), &to, 1, &from, 1, 0);
      if (got <= 0) continue;
      scanned_bytes_ += static_cast<std::size_t>(got);
      scan_block(table, {memory, static_cast<std::size_t>(got)}, mapping.name, hits);
    }
  }
  crypto::wipe({reinterpret_cast<std::uint8_t*>(memory), kBlockBytes + kOverlapBytes});
  return hits;
}

std::vector<std::string> MemoryScan::found() const {
  std::set<std::string> all;
  for (const Hit& hit : scan()) {
    const Pattern& pattern = patterns_[hit.pattern];
    all.insert(pattern.name + " (" + pattern.spelling + ") in " + hit.mapping);
  }
  return {all.begin(), all.end()};
}

std::vector<std::string> MemoryScan::names_in(std::string_view bytes) const {
  std::vector<Hit> hits;
  scan_block(by_first_bytes(), bytes, "bytes", hits);
  std::set<std::string> all;
  for (const Hit& hit : hits) all.insert(patterns_[hit.pattern].name);
  return {all.begin(), all.end()};
}

std::vector<std::string> MemoryScan::names_found() const {
  std::set<std::string> all;
  for (const Hit& hit : scan()) all.insert(patterns_[hit.pattern].name);
  return {all.begin(), all.end()};
}

}  // namespace vigil::test

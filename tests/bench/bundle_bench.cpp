// SPDX-License-Identifier: Apache-2.0
//
// Sealing and opening against the same work by the stock tools, on the same file and machine:
//   bundle_bench [megabytes] [rounds]
// Both sides read and write files in one temporary folder, so they share the page cache; the best
// of the rounds counts. Nothing here decides pass or fail: it prints.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include <fmt/format.h>
#include <sodium.h>
#include <sys/resource.h>

#include "core/base/check.h"
#include "core/bundle/check.h"
#include "core/bundle/open/open.h"
#include "core/bundle/seal/seal.h"
#include "core/crypto/age_encryptor.h"
#include "core/crypto/background_hash.h"
#include "tests/support/run_program.h"

namespace vigil {
namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;

class FileSource final : public crypto::Source {
 public:
  explicit FileSource(const std::string& path) : file_(std::fopen(path.c_str(), "rb")) {
    CHECK(file_ != nullptr);
    std::setvbuf(file_, nullptr, _IONBF, 0);
  }
  ~FileSource() override { std::fclose(file_); }
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    return std::fread(buffer.data(), 1, buffer.size(), file_);
  }

 private:
  std::FILE* file_;
};

class FileSink final : public crypto::Sink, public WritableFile {
 public:
  explicit FileSink(const std::string& path) : file_(std::fopen(path.c_str(), "wb")) {
    CHECK(file_ != nullptr);
    std::setvbuf(file_, nullptr, _IONBF, 0);
  }
  ~FileSink() override { std::fclose(file_); }
  Status write(ByteView bytes) override {
    CHECK(std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size());
    return {};
  }
  Status append(ByteView bytes) override { return write(bytes); }
  Status write_at(std::uint64_t offset, ByteView bytes) override {
    CHECK(std::fseek(file_, static_cast<long>(offset), SEEK_SET) == 0);
    return write(bytes);
  }
  Status sync() override { return {}; }  // the stock tools do not either

 private:
  std::FILE* file_;
};

class FileReader final : public ReadableFile {
 public:
  explicit FileReader(const std::string& path) : file_(std::fopen(path.c_str(), "rb")) {
    CHECK(file_ != nullptr && std::fseek(file_, 0, SEEK_END) == 0);
    std::setvbuf(file_, nullptr, _IONBF, 0);
    size_bytes_ = static_cast<std::uint64_t>(std::ftell(file_));
  }
  ~FileReader() override { std::fclose(file_); }
  std::uint64_t size_bytes() const override { return size_bytes_; }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) override {
    CHECK(std::fseek(file_, static_cast<long>(offset), SEEK_SET) == 0);
    return std::fread(buffer.data(), 1, buffer.size(), file_);
  }

 private:
  std::FILE* file_;
  std::uint64_t size_bytes_ = 0;
};

// Only what seal_bundle() asks for.
class BenchFiles final : public Files {
 public:
  Result<Bytes> read(const std::string&, std::uint64_t) override { return none<Bytes>(); }
  Status write_atomically(const std::string&, ByteView, bool) override { return none<void>(); }
  Result<std::unique_ptr<ReadableFile>> open(const std::string& path) override {
    return std::make_unique<FileReader>(path);
  }
  Result<std::unique_ptr<WritableFile>> create(const std::string& path) override {
    return std::make_unique<FileSink>(path);
  }
  Result<std::unique_ptr<WritableFile>> append_to(const std::string&) override {
    return none<std::unique_ptr<WritableFile>>();
  }
  Status rename(const std::string&, const std::string&) override { return none<void>(); }
  Status remove(const std::string&) override { return none<void>(); }
  bool exists(const std::string&) override { return false; }
  Status make_directories(const std::string&) override { return none<void>(); }
  Result<std::vector<std::string>> list(const std::string&) override {
    return none<std::vector<std::string>>();
  }

 private:
  template <typename T>
  static Result<T> none() {
    return fail(ErrorKind::kUsage, "bench", "Not in this benchmark.");
  }
};

class FileStage final : public bundle::MemberStage {
 public:
  explicit FileStage(const std::string& path) : sink_(path) {}
  Status begin_member(std::string_view, std::uint64_t) override { return {}; }
  Status content(ByteView bytes) override { return sink_.write(bytes); }
  Status end_member() override { return {}; }

 private:
  FileSink sink_;
};

class DigestingSink final : public crypto::Sink {
 public:
  explicit DigestingSink(crypto::Sink& next) : next_(next) {}
  Status write(ByteView bytes) override {
    digest.update(bytes);
    return next_.write(bytes);
  }
  crypto::BackgroundHash<64> digest;

 private:
  crypto::Sink& next_;
};

class DigestingSource final : public crypto::Source {
 public:
  explicit DigestingSource(crypto::Source& next) : next_(next) {}
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    VIGIL_ASSIGN(const std::size_t count, next_.read(buffer));
    digest.update(buffer.first(count));
    return count;
  }
  crypto::BackgroundHash<64> digest;

 private:
  crypto::Source& next_;
};

struct Bench {
  explicit Bench(std::size_t megabytes) : size_bytes(megabytes * 1000 * 1000) {
    FileSink plain(folder.file("plain"));
    Bytes block(kBlockBytes);
    for (std::size_t done = 0; done < size_bytes; done += block.size()) {
      crypto::random_fill(block);
      CHECK(plain.write(ByteView(block).first(std::min(block.size(), size_bytes - done)))
                .has_value());
    }
    const crypto::SecretBytes identity = office.to_text();
    folder.put("identity", identity.view());
    const auto secret = device.to_file({}, 0);
    folder.put("key", secret->view());
    folder.put("pub", as_bytes(crypto::minisign::public_key_file(device.public_key(), "bench")));
  }

  void shell(const std::string& command) {
    const auto result = test::run_program({"sh", "-ec", command}, {}, folder.path());
    if (result.exit_status != 0) {
      fmt::print("failed: {}\n{}{}", command, result.output, result.errors);
      std::exit(3);
    }
  }

  void stock_seal() {
    shell("age -r " + crypto::age::to_string(office.recipient()) +
          " plain | tee enc | b2sum > sum; minisign -Sm enc -s key > /dev/null");
  }
  void stock_open() {
    shell(
        "rm -f f; mkfifo f; b2sum < f > again & tee f < enc | age -d -i identity > out; wait;"
        "cmp -s again sum; minisign -Vm enc -p pub > /dev/null");
  }

  void our_encrypt_and_sign() {
    FileSource plain(folder.file("plain"));
    FileSink file(folder.file("ours"));
    DigestingSink sink(file);
    CHECK(crypto::age::encrypt({office.recipient()}, plain, sink).has_value());
    const std::string signature = crypto::minisign::sign(device, sink.digest.finish(), "bench");
    folder.put("ours.minisig", as_bytes(signature));
  }
  void our_verify_and_decrypt() {
    FileSource file(folder.file("ours"));
    DigestingSource source(file);
    FileSink out(folder.file("out"));
    crypto::age::Keys keys;
    keys.identities.push_back(office.clone());
    CHECK(crypto::age::decrypt(keys, source, out).has_value());
    CHECK(crypto::minisign::verify(device.public_key(), source.digest.finish(),
                                   as_text(folder.get("ours.minisig")),
                                   crypto::minisign::UntrustedComment::kOurs)
              .has_value());
  }

  void our_seal() {
    bundle::BundleDraft draft;
    draft.sequence = 1;
    draft.payload.recipients = {office.recipient()};
    draft.payload.members.push_back(
        {"plain", size_bytes, [this]() -> Result<std::unique_ptr<crypto::Source>> {
           return std::make_unique<FileSource>(folder.file("plain"));
         }});
    BenchFiles files;
    CHECK(bundle::seal_bundle(draft, device, files, folder.file("bundle")).has_value());
  }
  void our_open() {
    FileReader file(folder.file("bundle"));
    const auto checked = bundle::check_outline(file, {device.public_key()});
    CHECK(checked.has_value());
    std::vector<crypto::age::Identity> identities;
    identities.push_back(office.clone());
    FileStage stage(folder.file("out"));
    CHECK(bundle::open_payload(file, *checked, 0, identities, stage).has_value());
  }

  void sodium_rate() {
    Bytes plain(65536);
    Bytes sealed(65536 + 16);
    std::array<std::uint8_t, 12> nonce{};
    std::array<std::uint8_t, 32> key{};
    for (std::size_t done = 0; done < size_bytes; done += plain.size())
      crypto_aead_chacha20poly1305_ietf_encrypt(sealed.data(), nullptr, plain.data(), plain.size(),
                                                nullptr, 0, nullptr, nonce.data(), key.data());
  }

  test::TemporaryFolder folder;
  crypto::age::Identity office = crypto::age::Identity::generate();
  crypto::minisign::SecretKey device = crypto::minisign::SecretKey::generate();
  std::size_t size_bytes;
};

// Of this process and of the tools it ran.
double processor_seconds() {
  double sum = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      sum += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  }
  return sum;
}

struct Spent {
  double elapsed_s = 1e9;
  double processor_s = 1e9;
};
Spent spend(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  const double before_s = processor_seconds();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
          processor_seconds() - before_s};
}

int run(std::size_t megabytes, int rounds) {
  Bench bench(megabytes);
  struct Row {
    const char* name;
    std::function<void()> work;
    double best_s = 1e9;
    double processor_s = 1e9;  // the least
  };
  std::vector<Row> rows = {
      {"stock: age | tee | b2sum, minisign -S", [&] { bench.stock_seal(); }},
      {"ours: encrypt + digest + sign", [&] { bench.our_encrypt_and_sign(); }},
      {"ours: whole bundle (tar, member hashes, padding too)", [&] { bench.our_seal(); }},
      {"stock: tee | age -d beside b2sum, minisign -V", [&] { bench.stock_open(); }},
      {"ours: verify + decrypt", [&] { bench.our_verify_and_decrypt(); }},
      {"ours: whole bundle checked and opened", [&] { bench.our_open(); }},
      {"libsodium: ChaCha20-Poly1305 alone, in memory", [&] { bench.sodium_rate(); }},
  };
  // Round by round, so that what else the machine does falls on all alike.
  for (int round = 0; round < rounds; ++round)
    for (Row& row : rows) {
      const Spent spent = spend(row.work);
      row.best_s = std::min(row.best_s, spent.elapsed_s);
      row.processor_s = std::min(row.processor_s, spent.processor_s);
    }
  for (const Row& row : rows)
    fmt::print("{:<54} {:7.3f} s {:7.0f} MB/s {:7.3f} s of processor\n", row.name, row.best_s,
               static_cast<double>(megabytes) / row.best_s, row.processor_s);
  fmt::print("encrypt + digest + sign is {:.2f} times the stock tools, {:.0f} % of libsodium\n",
             rows[0].best_s / rows[1].best_s, 100 * rows[6].best_s / rows[1].best_s);
  fmt::print("the whole bundle is        {:.2f} times the stock tools\n",
             rows[0].best_s / rows[2].best_s);
  fmt::print("verify + decrypt is        {:.2f} times the stock tools\n",
             rows[3].best_s / rows[4].best_s);
  fmt::print("checked and opened is      {:.2f} times the stock tools\n",
             rows[3].best_s / rows[5].best_s);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("peak memory {} MiB\n", usage.ru_maxrss / 1024);
  return 0;
}

}  // namespace
}  // namespace vigil

int main(int argc, char** argv) {
  const std::size_t megabytes = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 500;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  return vigil::run(megabytes, rounds);
}

// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/payload_streams.h"

#include <filesystem>

namespace vigil::ctl {
namespace {

class StreamSource final : public crypto::Source {
 public:
  StreamSource(std::FILE* stream, bool owned) : stream_(stream), owned_(owned) {
    // Readers bring their own large buffers.
    std::setvbuf(stream_, nullptr, _IONBF, 0);
  }
  StreamSource(const StreamSource&) = delete;
  StreamSource& operator=(const StreamSource&) = delete;
  ~StreamSource() override {
    if (owned_) std::fclose(stream_);
  }
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), stream_);
    if (count < buffer.size() && std::ferror(stream_) != 0)
      return fail(ErrorKind::kStorage, "input.read", "The input cannot be read to its end.");
    return count;
  }

 private:
  std::FILE* stream_;
  bool owned_;
};

bool is_standard(const std::string& path) {
  return path.empty() || path == "-";
}

}  // namespace

Result<std::unique_ptr<crypto::Source>> open_input(const std::string& path) {
  if (is_standard(path)) return std::make_unique<StreamSource>(stdin, false);
  std::FILE* stream = std::fopen(path.c_str(), "rb");
  if (stream == nullptr)
    return fail(ErrorKind::kNotFound, "input.open", "The file " + path + " cannot be opened.");
  return std::make_unique<StreamSource>(stream, true);
}

Result<std::unique_ptr<Output>> Output::open(Files& files, const std::string& path) {
  std::unique_ptr<Output> output(new Output(files));
  if (is_standard(path)) {
    output->stream_ = stdout;
    return output;
  }
  std::error_code ignored;
  const auto kind = std::filesystem::status(path, ignored).type();
  if (kind != std::filesystem::file_type::regular &&
      kind != std::filesystem::file_type::not_found) {
    // A pipe or a device is written as it comes.
    output->stream_ = std::fopen(path.c_str(), "wb");
    if (output->stream_ == nullptr)
      return fail(ErrorKind::kStorage, "output.open", "The file " + path + " cannot be written.");
    return output;
  }
  output->path_ = path;
  VIGIL_TRY(files.remove(path + ".part"));
  VIGIL_ASSIGN(output->part_, files.create(path + ".part"));
  return output;
}

Output::~Output() {
  if (part_ != nullptr) {
    part_.reset();
    (void)files_.remove(path_ + ".part");
  }
  if (stream_ != nullptr && stream_ != stdout) std::fclose(stream_);
}

Status Output::write(ByteView bytes) {
  if (part_ != nullptr) return part_->append(bytes);
  if (std::fwrite(bytes.data(), 1, bytes.size(), stream_) != bytes.size())
    return fail(ErrorKind::kStorage, "output.write", "The output cannot be written to its end.");
  return {};
}

Status Output::commit() {
  if (part_ != nullptr) {
    VIGIL_TRY(part_->sync());
    part_.reset();
    return files_.rename(path_ + ".part", path_);
  }
  if (std::fflush(stream_) != 0)
    return fail(ErrorKind::kStorage, "output.write", "The output cannot be written to its end.");
  return {};
}

}  // namespace vigil::ctl

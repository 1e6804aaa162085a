// SPDX-License-Identifier: Apache-2.0
//
// libjpeg reports errors by a jump; what a jump skips must not need destroying, so every buffer
// lives outside of the functions that may jump.
#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include "platform/pictures/codecs.h"

namespace vigil::platform {
namespace {

struct Failure {
  jpeg_error_mgr base;  // first: libjpeg is given its address
  std::jmp_buf out;
};

void jump_out(j_common_ptr decoder) {
  std::longjmp(reinterpret_cast<Failure*>(decoder->err)->out, 1);
}
void stay_quiet(j_common_ptr) {}

// What is kept between the steps of reading.
struct Reader {
  jpeg_decompress_struct decoder = {};
  Failure failure = {};
  Bytes row;
};

bool read_header(Reader& reader, ByteView file) {
  reader.decoder.err = jpeg_std_error(&reader.failure.base);
  reader.failure.base.error_exit = jump_out;
  reader.failure.base.output_message = stay_quiet;
  if (setjmp(reader.failure.out) != 0) return false;
  jpeg_create_decompress(&reader.decoder);
  jpeg_mem_src(&reader.decoder, file.data(), file.size());
  jpeg_read_header(&reader.decoder, TRUE);
  return true;
}

bool scale_down(Reader& reader, int side) {
  if (setjmp(reader.failure.out) != 0) return false;
  const auto longer = std::max(reader.decoder.image_width, reader.decoder.image_height);
  unsigned parts = 8;  // of eight
  while (side > 0 && parts > 1 && longer * (parts / 2) / 8 >= static_cast<unsigned>(side)) {
    parts /= 2;
  }
  reader.decoder.scale_num = parts;
  reader.decoder.scale_denom = 8;
  jpeg_calc_output_dimensions(&reader.decoder);
  return true;
}

bool read_pixels(Reader& reader, Picture& picture) {
  if (setjmp(reader.failure.out) != 0) return false;
  reader.decoder.out_color_space = JCS_EXT_RGBA;
  jpeg_start_decompress(&reader.decoder);
  while (reader.decoder.output_scanline < reader.decoder.output_height) {
    JSAMPROW row = picture.rgba.data() + static_cast<std::size_t>(reader.decoder.output_scanline) *
                                             static_cast<std::size_t>(picture.width) * 4;
    jpeg_read_scanlines(&reader.decoder, &row, 1);
  }
  jpeg_finish_decompress(&reader.decoder);
  return true;
}

struct Writer {
  jpeg_compress_struct encoder = {};
  Failure failure = {};
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
};

bool write(Writer& writer, const Picture& picture, int quality) {
  writer.encoder.err = jpeg_std_error(&writer.failure.base);
  writer.failure.base.error_exit = jump_out;
  writer.failure.base.output_message = stay_quiet;
  if (setjmp(writer.failure.out) != 0) return false;
  jpeg_create_compress(&writer.encoder);
  jpeg_mem_dest(&writer.encoder, &writer.buffer, &writer.size);
  writer.encoder.image_width = static_cast<JDIMENSION>(picture.width);
  writer.encoder.image_height = static_cast<JDIMENSION>(picture.height);
  writer.encoder.input_components = 4;
  writer.encoder.in_color_space = JCS_EXT_RGBA;
  jpeg_set_defaults(&writer.encoder);
  // Neither a JFIF density nor anything else that could tell one device from another.
  writer.encoder.write_JFIF_header = FALSE;
  jpeg_set_quality(&writer.encoder, quality, TRUE);
  jpeg_start_compress(&writer.encoder, TRUE);
  while (writer.encoder.next_scanline < writer.encoder.image_height) {
    auto* row = const_cast<JSAMPROW>(picture.rgba.data() +
                                     static_cast<std::size_t>(writer.encoder.next_scanline) *
                                         static_cast<std::size_t>(picture.width) * 4);
    jpeg_write_scanlines(&writer.encoder, &row, 1);
  }
  jpeg_finish_compress(&writer.encoder);
  return true;
}

}  // namespace

std::unexpected<Error> damaged_picture() {
  return fail(ErrorKind::kInvalid, "picture.damaged",
              "This picture is damaged or is no JPEG or PNG; take or choose another one.");
}

std::unexpected<Error> large_picture() {
  return fail(ErrorKind::kInvalid, "picture.large",
              "This picture has more than 50 million points; choose a smaller one.");
}

Result<Picture> decode_jpeg(ByteView file, int side) {
  Reader reader;
  Picture picture;
  bool done = read_header(reader, file);
  const std::int64_t pixels =
      std::int64_t{reader.decoder.image_width} * std::int64_t{reader.decoder.image_height};
  const bool large = done && pixels > kMostPixels;
  if (done && !large) done = scale_down(reader, side);
  if (done && !large) {
    picture.width = static_cast<int>(reader.decoder.output_width);
    picture.height = static_cast<int>(reader.decoder.output_height);
    picture.rgba.resize(static_cast<std::size_t>(picture.width) *
                        static_cast<std::size_t>(picture.height) * 4);
    done = read_pixels(reader, picture);
  }
  jpeg_destroy_decompress(&reader.decoder);
  if (large) return large_picture();
  if (!done) return damaged_picture();
  return picture;
}

Result<Bytes> encode_jpeg(const Picture& picture, int quality) {
  Writer writer;
  const bool done = write(writer, picture, quality);
  Bytes file;
  if (done) file.assign(writer.buffer, writer.buffer + writer.size);
  jpeg_destroy_compress(&writer.encoder);
  std::free(writer.buffer);  // NOLINT(cppcoreguidelines-no-malloc): libjpeg's own allocation
  if (!done) {
    return fail(ErrorKind::kInvalid, "picture.jpeg",
                "The picture could not be made a JPEG; take it again.");
  }
  return file;
}

Result<Picture> decode_picture(ByteView file) {
  return decode_small(file, 0);
}

Result<Picture> decode_small(ByteView file, int side) {
  if (file.size() >= 2 && file[0] == 0xff && file[1] == 0xd8) return decode_jpeg(file, side);
  if (file.size() >= 4 && file[0] == 0x89 && file[1] == 'P') return decode_png(file);
  return damaged_picture();
}

}  // namespace vigil::platform

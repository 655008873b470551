#pragma once

#include <map>
#include <string>
#include <string_view>

namespace gavah::media {

using Facts = std::map<std::string, std::string>;

/// What the bytes of a picture, film or sound say of themselves, as their maker or a program wrote it: EXIF, XMP and
/// IPTC of JPEG, PNG, WebP, TIFF, HEIC and AVIF; the moov of MP4 and MOV; the tags (ID3) of MP3. Claims of the bytes,
/// not facts of the world: a camera's clock may be wrong, and anybody can write them. Pixels are not decoded. UTF-8, at
/// most 1,000 bytes a value:
///
///   "width", "height"         in pixels      "duration_ms"
///   "taken"                   YYYY-MM-DDThh:mm:ss, by the clock of the device
///   "taken_zone"              "+03:30" where the bytes state it, "UTC" where the format is in UTC, else "not stated"
///   "camera_make", "camera_model", "software"
///   "gps"                     "LAT,LON" in degrees: where somebody stood. Sealed with the part, never published
///   "recorded"                of a sound: as its tag states it, often no more than a year, or the year of its release
///   "title", "caption", "author", "credit"
///
/// What is not stated has no key. Never fails: bytes that are none of these give nothing. Call it in a confined worker.
Facts facts_of(std::string_view bytes);

}  // namespace gavah::media

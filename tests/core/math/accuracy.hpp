// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include <ramp/backend/pack.hpp>
#include <ramp/core/math.hpp>

// How far the elementary functions are from the truth, which long double gives here.

namespace accuracy {

template <typename T>
using pack = ramp::backend::native_pack<T>;

/// The distance from `got` to the exact value in units of the last place of T at that value: zero
/// for the right NaN, infinity or zero, infinity for a wrong one, 1/2 for the nearest number.
template <typename T>
double ulps(T got, long double exact) {
  using limits = std::numeric_limits<T>;
  constexpr double wrong = std::numeric_limits<double>::infinity();
  T const nearest = static_cast<T>(exact);
  if (std::isnan(nearest)) return std::isnan(got) ? 0 : wrong;
  if (std::isnan(got)) return wrong;
  if (got == 0 && nearest == 0) return std::signbit(got) == std::signbit(nearest) ? 0 : wrong;
  if (got == nearest) return std::isinf(got) ? 0 : 0.5;  // at most that; the exact rest is dear
  if (std::isinf(got) || std::isinf(nearest)) {
    // At the edge of overflow the larger neighbour of the largest number is infinity.
    long double const edge = std::ldexp(1.0L, limits::max_exponent);
    long double const value = std::isinf(got) ? std::copysign(edge, got) : got;
    long double const other = std::isinf(exact) ? std::copysign(edge, exact) : exact;
    return static_cast<double>(std::fabs(value - other) /
                               std::ldexp(1.0L, limits::max_exponent - limits::digits));
  }
  int exponent = limits::min_exponent;
  if (exact != 0) std::frexp(exact, &exponent);
  int const last = std::max(exponent - limits::digits, limits::min_exponent - limits::digits);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) /
                             std::ldexp(1.0L, last));
}

/// Whether `ulps(got, exact)` may be above `limit`: false is certain, true is for ulps to decide.
/// Without branches, for loops that ask it of every value.
inline bool may_exceed(float got, double exact, double limit) {
  using ramp::math::to_bits;
  double const g = static_cast<double>(got);
  double const nearest = static_cast<double>(static_cast<float>(exact));
  std::uint64_t const exponent = to_bits(exact) & to_bits(std::numeric_limits<double>::infinity());
  double const unit = std::max(ramp::math::from_bits(exponent) * 0x1p-23, 0x1p-149);
  // The difference is rounded to nearest, which may make it the limit, but not less than that.
  bool const near = std::fabs(g - exact) < limit * unit;
  bool const finite = std::fabs(exact) < 0x1.ffffffp127;  // rounded to float
  bool const found = (g == nearest) & (limit >= 0.5);
  bool const same_sign = (to_bits(g) ^ to_bits(exact)) >> 63 == 0;
  bool const both_nan = (g != g) & (exact != exact);
  return !(both_nan | (same_sign & (found | (near & finite))));
}

/// Whether two values are the same number, the sign of zero included, or both NaN.
template <typename T>
bool same(T a, T b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

template <typename T>
struct worst_case {
  T x = 0;
  T y = 0;            // the second argument, if there is one
  double error = 0;   // of the pack
  double scalar = 0;  // of the scalar
  double apart = 0;   // of the pack from the scalar

  /// Whether `add` may change anything; of different floats none are closer than half a unit.
  bool may_grow(float from_pack, float from_scalar, double exact) const
    requires std::same_as<T, float>
  {
    bool const of_pack = may_exceed(from_pack, exact, error);
    bool const of_scalar = may_exceed(from_scalar, exact, scalar);
    bool const of_both =
        may_exceed(from_pack, static_cast<double>(from_scalar), std::max(apart, 0.5));
    return of_pack | of_scalar | of_both;
  }

  void add(T at, T from_pack, T from_scalar, long double exact) {
    double const e = ulps(from_pack, exact);
    if (e > error) {
      error = e;
      x = at;
    }
    scalar = std::max(scalar, ulps(from_scalar, exact));
    if (!same(from_pack, from_scalar)) {
      apart = std::max(apart, ulps(from_pack, static_cast<long double>(from_scalar)));
    }
  }
};

/// Points of [low, high]: evenly spread, evenly spread over the encodings, and around the powers
/// of two.
template <typename T>
std::vector<T> points(double low, double high, int count = 40000) {
  std::mt19937_64 source(20240229);
  std::vector<T> xs;
  auto const add = [&](T x) {
    if (x >= static_cast<T>(low) && x <= static_cast<T>(high)) xs.push_back(x);
  };
  std::uniform_real_distribution<double> even(low, high);
  for (int i = 0; i < count; ++i) add(static_cast<T>(even(source)));
  using bits = typename ramp::math::format<T>::bits;
  for (int i = 0; i < count; ++i) add(ramp::math::from_bits(static_cast<bits>(source())));
  using limits = std::numeric_limits<T>;
  for (int e = limits::min_exponent; e < limits::max_exponent; ++e) {
    for (T const sign : {T(1), T(-1)}) {
      T const x = sign * std::ldexp(T(1), e);
      add(std::nextafter(x, T(0)));
      add(x);
      add(std::nextafter(x, 2 * x));
    }
  }
  while (xs.size() % static_cast<std::size_t>(pack<T>::size) != 0) xs.push_back(xs.back());
  return xs;
}

template <typename T, typename Function, typename Reference>
worst_case<T> measure(std::vector<T> const& xs, Function f, Reference exact) {
  worst_case<T> worst;
  constexpr int n = pack<T>::size;
  for (std::size_t i = 0; i + n <= xs.size(); i += n) {
    pack<T> const y = f(pack<T>::load(&xs[i]));
    for (int j = 0; j < n; ++j) {
      T const x = xs[i + static_cast<std::size_t>(j)];
      worst.add(x, y[j], f(x), exact(static_cast<long double>(x)));
    }
  }
  return worst;
}

/// The same for two arguments. Precondition: as many ys as xs.
template <typename T, typename Function, typename Reference>
worst_case<T> measure(std::vector<T> const& xs, std::vector<T> const& ys, Function f,
                      Reference exact) {
  worst_case<T> worst;
  constexpr int n = pack<T>::size;
  for (std::size_t i = 0; i + n <= xs.size(); i += n) {
    pack<T> const r = f(pack<T>::load(&xs[i]), pack<T>::load(&ys[i]));
    for (int j = 0; j < n; ++j) {
      T const x = xs[i + static_cast<std::size_t>(j)];
      T const y = ys[i + static_cast<std::size_t>(j)];
      double const before = worst.error;
      worst.add(x, r[j], f(x, y), exact(static_cast<long double>(x), static_cast<long double>(y)));
      if (worst.error > before) worst.y = y;
    }
  }
  return worst;
}

/// Zeros, ones, the smallest and the largest numbers, infinities and NaN, of both signs.
template <typename T>
inline constexpr std::array extremes{T(0),
                                     -T(0),
                                     T(1),
                                     -T(1),
                                     T(0.5),
                                     -T(0.5),
                                     T(3),
                                     -T(3),
                                     std::numeric_limits<T>::denorm_min(),
                                     -std::numeric_limits<T>::denorm_min(),
                                     std::numeric_limits<T>::min(),
                                     -std::numeric_limits<T>::min(),
                                     std::numeric_limits<T>::max(),
                                     -std::numeric_limits<T>::max(),
                                     std::numeric_limits<T>::infinity(),
                                     -std::numeric_limits<T>::infinity(),
                                     std::numeric_limits<T>::quiet_NaN()};

/// A point where a function must give exactly this value.
template <typename T>
struct point {
  T x, y;
};

template <typename T>
inline constexpr T inf_v = std::numeric_limits<T>::infinity();
template <typename T>
inline constexpr T nan_v = std::numeric_limits<T>::quiet_NaN();

/// The points a scalar or a lane of a pack misses, with what it gives. Each value visits each lane,
/// with 1 in the other lanes, so that no lane disturbs another.
template <typename T, typename Function>
std::vector<point<T>> missed(Function f, std::vector<point<T>> const& points) {
  std::vector<point<T>> bad;
  T const at_one = f(T(1));
  for (auto const [x, y] : points) {
    if (!same(f(x), y)) bad.push_back({x, f(x)});
    for (int lane = 0; lane < pack<T>::size; ++lane) {
      pack<T> xs(T(1));
      xs.set(lane, x);
      pack<T> const ys = f(xs);
      if (!same(ys[lane], y)) bad.push_back({x, ys[lane]});
      if (ulps(ys[(lane + 1) % pack<T>::size], static_cast<long double>(at_one)) > 2) {
        bad.push_back({T(1), ys[(lane + 1) % pack<T>::size]});
      }
    }
  }
  return bad;
}

/// The documented bounds, in units of the last place, for every function.
struct bound {
  double of_float, of_double;
};

template <typename T>
constexpr double for_type(bound b) {
  return sizeof(T) == 4 ? b.of_float : b.of_double;
}

inline constexpr bound exp{1.15, 1.15}, expm1{1.5, 1.5}, log{0.9, 0.9}, log1p{0.9, 0.9},
    tanh{1.6, 1.6}, sigmoid{2.5, 2.5}, softplus{1.7, 1.7}, sin{0.85, 0.85}, cos{0.85, 0.85},
    erf{1.4, 1.5}, erfc{5.5, 5.5}, normal_pdf{2.0, 2.0}, normal_cdf{5.5, 7.0}, pow{1.0, 1.7},
    exp2{1.4, 1.4}, log2{0.9, 0.9}, cbrt{0.55, 0.55}, rsqrt{1.5, 1.5}, hypot{1.3, 1.3},
    tan{1.2, 1.2}, sinh{1.6, 1.6}, cosh{1.5, 1.5}, logit{1.1, 1.1}, logaddexp{1.6, 1.6},
    xlogy{2.4, 2.4}, asin{1.4, 1.4}, acos{1.4, 1.4}, atan{1.6, 1.6}, atan2{1.8, 1.8},
    asinh{1.5, 1.5}, acosh{2.0, 2.0}, atanh{1.0, 1.0}, lgamma{4.0, 4.0}, digamma{3.5, 3.5},
    log_normal_cdf{7.5, 8.0}, inverse_mills{6.0, 7.5};

/// How far pack and scalar, or run time and constant evaluation, may be apart: they round alike,
/// but compilers are free in where they contract.
inline constexpr double apart = 2;

}  // namespace accuracy

// One row of results an operation, each row n long; the Java side computes the same rows. Instructions that C++ has no name for are written in PTX.

#define ROW(expression) out[row++ * n + i] = (expression)

extern "C" __global__ void singles(const float *a, const float *b, const float *c, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, row = 0;
  if (i >= n) return;
  float x = a[i], y = b[i], z = c[i];
  ROW(x + y);
  ROW(x - y);
  ROW(x * y);
  ROW(__fmaf_rn(x, y, z));
  ROW(x / y);
  ROW(1.0f / x);
  ROW(sqrtf(x));
  ROW(-x);
  ROW(fabsf(x));
  ROW(fminf(x, y));
  ROW(fmaxf(x, y));
  ROW(rintf(x));
  ROW(truncf(x));
  ROW(floorf(x));
  ROW(ceilf(x));
  ROW(x < y ? x : z);
  ROW(x != y ? x : z);
  ROW(!(x >= y) ? y : z);
  ROW(copysignf(x, y));
  ROW(__saturatef(x));
}

extern "C" __global__ void doubles(const double *a, const double *b, const double *c, double *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, row = 0;
  if (i >= n) return;
  double x = a[i], y = b[i], z = c[i];
  ROW(x + y);
  ROW(x - y);
  ROW(x * y);
  ROW(__fma_rn(x, y, z));
  ROW(x / y);
  ROW(sqrt(x));
  ROW(-x);
  ROW(fabs(x));
  ROW(rint(x));
  ROW(floor(x));
  ROW((double)(float)x);
}

extern "C" __global__ void ints(const int *a, const int *b, const int *c, int *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, row = 0, r;
  if (i >= n) return;
  int x = a[i], y = b[i], z = c[i];
  unsigned ux = x, uy = y, uz = z;
  ROW(x + y);
  ROW(x - y);
  ROW(x * y);
  ROW(__mulhi(x, y));
  ROW(__umulhi(ux, uy));
  ROW(x * y + z);
  ROW(y ? x / (y | 1) : 0);
  ROW(x % (y | 1));
  ROW(ux / (uy | 1));
  ROW(ux % (uy | 1));
  ROW(x & y);
  ROW(x | y);
  ROW(x ^ y);
  ROW(~x);
  asm("shl.b32 %0, %1, %2;" : "=r"(r) : "r"(x), "r"(y & 63)); ROW(r);
  asm("shr.s32 %0, %1, %2;" : "=r"(r) : "r"(x), "r"(y & 63)); ROW(r);
  asm("shr.u32 %0, %1, %2;" : "=r"(r) : "r"(x), "r"(y & 63)); ROW(r);
  asm("shf.l.wrap.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(x), "r"(y), "r"(z)); ROW(r);
  asm("shf.r.wrap.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(x), "r"(y), "r"(z)); ROW(r);
  asm("shf.l.clamp.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(x), "r"(y), "r"(z & 63)); ROW(r);
  asm("shf.r.clamp.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(x), "r"(y), "r"(z & 63)); ROW(r);
  ROW(__popc(x));
  ROW(__clz(x));
  ROW(__brev(x));
  ROW(__ffs(x));
  asm("bfind.u32 %0, %1;" : "=r"(r) : "r"(x)); ROW(r);
  asm("bfind.s32 %0, %1;" : "=r"(r) : "r"(x)); ROW(r);
  asm("bfe.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(x), "r"(y & 63), "r"(z & 63)); ROW(r);
  asm("bfe.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(x), "r"(y & 63), "r"(z & 63)); ROW(r);
  asm("bfi.b32 %0, %1, %2, %3, 9;" : "=r"(r) : "r"(x), "r"(y), "r"(z & 63)); ROW(r);
  asm("lop3.b32 %0, %1, %2, %3, 0xca;" : "=r"(r) : "r"(x), "r"(y), "r"(z)); ROW(r);
  asm("lop3.b32 %0, %1, %2, %3, 0x35;" : "=r"(r) : "r"(x), "r"(y), "r"(z)); ROW(r);
  ROW(__byte_perm(ux, uy, uz & 0x7777));
  asm("prmt.b32 %0, %1, %2, 0xba98;" : "=r"(r) : "r"(x), "r"(y)); ROW(r);
  ROW(min(x, y));
  ROW(max(ux, uy));
  ROW(abs(x));
  ROW(x < y ? x : z);
  ROW(ux < uy ? x : z);
  ROW((signed char)x);
  ROW((unsigned short)x);
}

extern "C" __global__ void longs(const long long *a, const long long *b, const long long *c, long long *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, row = 0;
  if (i >= n) return;
  long long x = a[i], y = b[i], z = c[i], r;
  ROW(x + y);
  ROW(x - y);
  ROW(x * y);
  ROW(__mul64hi(x, y));
  ROW((long long)__umul64hi(x, y));
  ROW(x * y + z);
  ROW(x / (y | 1));
  ROW(x % (y | 1));
  ROW((long long)((unsigned long long)x / (unsigned long long)(y | 1)));
  ROW(x & y);
  ROW(x | y);
  ROW(x ^ y);
  ROW(~x);
  asm("shl.b64 %0, %1, %2;" : "=l"(r) : "l"(x), "r"((int)(y & 127))); ROW(r);
  asm("shr.s64 %0, %1, %2;" : "=l"(r) : "l"(x), "r"((int)(y & 127))); ROW(r);
  asm("shr.u64 %0, %1, %2;" : "=l"(r) : "l"(x), "r"((int)(y & 127))); ROW(r);
  ROW(__popcll(x));
  ROW(__clzll(x));
  ROW((long long)__brevll(x));
  ROW(min(x, y));
  ROW((long long)(int)x * (int)y);
  ROW((long long)((unsigned long long)(unsigned)x * (unsigned)y));
  ROW((long long)(int)x * (int)y + z);
  ROW(x < y ? x : z);
}

extern "C" __global__ void conversions(const float *a, const double *b, const int *c, const long long *d, long long *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, row = 0;
  if (i >= n) return;
  float x = a[i];
  double y = b[i];
  ROW(__float2int_rz(x));
  ROW(__float2int_rn(x));
  ROW(__float2int_rd(x));
  ROW(__float2int_ru(x));
  ROW((long long)__float2uint_rz(x));
  ROW(__float2ll_rz(x));
  ROW((long long)__float2ull_rz(x));
  ROW(__double2int_rz(y));
  ROW(__double2ll_rn(y));
  ROW(__float_as_int(__double2float_rn(y)));
  ROW(__double_as_longlong((double)x));
  ROW(__float_as_int((float)c[i]));
  ROW(__float_as_int((float)(unsigned)c[i]));
  ROW(__float_as_int((float)d[i]));
  ROW(__float_as_int((float)(unsigned long long)d[i]));
  ROW(__double_as_longlong((double)c[i]));
  ROW(__double_as_longlong((double)d[i]));
  ROW(__double_as_longlong((double)(unsigned long long)d[i]));
}

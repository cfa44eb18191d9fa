/**
 * Look-alikes of contact data, written by somebody who wants to see them taken out, a line each: `N`
 * is any digit, `Z` one from 1 to 9, `H` one of base 16.
 */
export const LOOKALIKES: readonly string[] = `
v1.N.NN
version NN.N.NN
firmware 2.NN.NNNN.N
1.2.3-beta.N
build 20NN.1N.N
20240N1N
2024-0Z-1N
1N.0Z.2024
0Z/1N/2024
1N/0Z/24
24.11.2026 14:30
2024-0Z-1NT1N:3N:0NZ
1N:3N
1N:3N:4N
9.30-17.30
£NN.99
$1,2NN.00
€ 1.2NN,50
1 2NN,50 EUR
12.34N.567
1,000,000
NN%
3N.N Mbit/s
100/40 Mbps
#NNNN
#acme2024
#12345678
3-2
4:1
21-19
192.168.1.NN
10.0.0.1/24
172.16.NN.NN:8080
2001:db8::HHHH
fe80::1
8.8.8.8
255.255.255.0
9783161484100
NN-NN
2019-2024
2020/21
pp. 1NN-1NN
A4
RTX 4090
iPhone 15
FritzBox 7590
FRITZ!Box 7530 AX
TL-WR841N
WRT1900ACS
Archer C7 v5
ERR_NN
error 0x8007NNNN
E1NNNN
HTTP 503
error code 691
code 5001
ticket #NNNNNN
ticket 1NNNNNN
case 0NNNNNNN
ref ABNNNNNN
INC00NNNNN
order NNNNNNN
Bestellnummer NNNNNNNN
tracking JJD000NNNNNNNNNNNN
1Z999AA10123456NNN
RR12345678NGB
parcel 00340434161234567NNN
3SXXXNNNNNNNNN
commit HHHHHHH
HHHHHHHH-HHHH-4HHH-9HHH-HHHHHHHHHHHH
sha256:HHHHHHHHHHHHHHHH
MAC 00:1A:2B:3C:4D:NH
SN: C02NN1ABNNNN
IMEI 35NNNNNNNNNNNNN
serial 12345NNNNN
50 000 people
1 000 000 users
12 months at 29.99
24/7
365 days
3 x 20 min
1920x1080
2560 x 1440 px
16:9
ZN °C
-7 dBm
5 GHz
2.4GHz
channel 36
port 8080
MTU 1492
PPPoE 1500
RFC 2616
page 12 of 345
chapter 3.2.1
§ 312 BGB
Art. 15 DSGVO
GDPR article 17
EN 50173
ISO 9001:2015
DIN 4102
IEC 60950-1
E=mc2
2+2=4
10 + 5 = 15
x² + 3x
room 4.12
gate B12
flight BA2490
LH 454
ICE 599
bus 38
M25 J10
A40
Route 66
SW1A 1AA
EC1A
10115 Berlin
Berlin 10115
75001 Paris
62704
CA 90210
since 1998
in the 1990s
the '90s
5th
1st 2nd 3rd
12,5 km
26.2 miles
07:45 to 19:30
08.00 - 18.00
Mon-Fri 9-5
20 years
3.5/5
9/10
4.8 (1,234 ratings)
1.2k likes
15M views
uptime 99.999%
ping 12/15/22 ms
packet loss 3 of 20
down 12.3 up 4.56
speedtest 94.31 / 18.77
72.5 Mbps down, 18.2 up
latency 12 ms 14 ms 201 ms
lat 51.5074, lon -0.1278
51.507400,-0.127800
U+1F600
UTC+02:00
GMT+1
CET 14:30
unix 1700000NNN
1700000000000
status/17NNNNNNNNNNNNNNNNN
https://example.com/t/12345/67
example.com/a?id=12345678901
@sample_user
@user12345678
u/sample_99
@name@social.example
example.com
foo@2x.png
npm i pkg@1.2.3
pkg@^4.17.21
git@github.com:a/b.git
meet at example.com
look at acme dot com
sold at 9.99
at 12.30
at at&t
a @ 5
3 @ 1.99
EAN 4006381333931
UPC 036000291452
SKU 88-4521-77
part 12-3456-789
model 5268AC
ONT 1234-5678
contract 24 months
1000 MB
2 TB
512GB
64-bit
802.11ax
Wi-Fi 6E
WPA2
IPv6
Cat 5e
DOCSIS 3.1
VDSL2 35b
G.fast
FTTP 900
BT 3
O2
EE 5G
N of N
Z.NNN.NNN
Z NNN NNN
NNN NNN
Z,NNN
12 34 56
1 2 3 4 5 6 7 8 9 10
100 200 300 400
2 4 8 16 32 64 128 256
111111
123456
1234567
000000
3.141592653589
2.718281828
1.41421356
6.02e23
1e-9
OTP 123456
PIN 4 digits
top 10
no. 1
number 1 provider
nr. 5
Version 7.29 (154.07.29)
07.12-56789
Release 07.57
since 07/2023 until 03/2024
01/2020 - 12/2021
1-800-FLOWERS
from 01.02. to 03.04.
01.02.-05.02.2024
12.-14. Mai
2024 11 24
24 11 2026
2026.11.24
11-24-2026
KW 47/2026
Q3 2024
FY2023/24
19.99/month
0,00 €
0.01
00:00
99+
+1
+10%
+5 dB
-20
±0.5
~300
>9000
3rd time
2nd engineer 4 hours
45 min hold, 3 calls, 2 visits
waited 7 weeks 3 days
10 Downing Street
5 Main Street is closed
12 angry men
Studio 54
Area 51
Blade Runner 2049
2001: A Space Odyssey
Psalm 23:4
John 3:16
HTTP/1.1 200
TLS 1.3
SHA-256
RSA-2048
AES-128
SQL-92
ASCII 0x41
rgb(255, 128, 0)
#ff8800
#1a2b3c
0xDEADBEEF
1011 0110 1010
0b101
NN.NN.NN.NN
MTBF 100000 h
lot 20240115-3
batch A12345
seat 12A-14C
VAT 20%
GB123456789
DE123456789
HRB 12345
Company no. 01234567
NNNN/NN
doi:10.1000/182
10.1038/s41586-020-2649-2
arXiv:2101.00001
CVE-2024-12345
KB5034441
RFC-822
PEP 8
issue #1234 and #5678
PR 987
L123-L145
0-60 in 3.2
1080p60
4K@60
H.264
FLAC 24/96
33⅓
½
8½
10^6
2^32
1024*768
100k
5,6,7
1/2/3
7-7-7
555
911
999
112
101
0800
118118
dial 150
press 1 then 3
option 2-4-1
text 60163
short code 88800
ISBN 978-3-16-148410-0
ISBN 0-306-40615-2
`
  .split('\n')
  .filter(Boolean);

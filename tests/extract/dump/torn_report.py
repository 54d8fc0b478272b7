"""A dump of a made-up report whose header was torn."""

TORN_REPORT = """BAO CAO KET QUA TIEP NHAN HO SO

Hd so tiép nhan Hd so da giai quyet
STT Tén don vi Tong s6 Truc Trwc Tongso Dung Qua
^ > . tuyén tiép han han
1 | Xa An Binh 10 6 | 4 | 9 8 | 1
2 | Xa Hoa Lac 25 | 5 20 | 21 18 | 3
3 | Xa Phu Cat 31 21 | 10 30 | 23 | 7
4 | Xa Dong Xuan 18 | 9 9 16 | 12 | 4
"""

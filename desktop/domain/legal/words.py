"""The words by which a legal document is read, folded (no marks, lower case): types, bodies, ranks, letters of points."""

TYPES: dict[str, str] = {
    "hien phap": "Hiến pháp",
    "bo luat": "Bộ luật",
    "luat": "Luật",
    "phap lenh": "Pháp lệnh",
    "lenh": "Lệnh",
    "nghi quyet lien tich": "Nghị quyết liên tịch",
    "nghi quyet": "Nghị quyết",
    "nghi dinh": "Nghị định",
    "quyet dinh": "Quyết định",
    "chi thi": "Chỉ thị",
    "thong tu lien tich": "Thông tư liên tịch",
    "thong tu lien bo": "Thông tư liên bộ",
    "thong tu": "Thông tư",
    "cong van": "Công văn",
    "cong dien": "Công điện",
    "ke hoach lien tich": "Kế hoạch liên tịch",
    "ke hoach": "Kế hoạch",
    "thong bao": "Thông báo",
    "thong cao": "Thông cáo",
    "bao cao": "Báo cáo",
    "to trinh": "Tờ trình",
    "huong dan lien nganh": "Hướng dẫn liên ngành",
    "huong dan": "Hướng dẫn",
    "quy che": "Quy chế",
    "quy dinh": "Quy định",
    "dieu le": "Điều lệ",
    "noi quy": "Nội quy",
    "chuong trinh": "Chương trình",
    "de an": "Đề án",
    "du an": "Dự án",
    "phuong an": "Phương án",
    "ket luan": "Kết luận",
    "van ban hop nhat": "Văn bản hợp nhất",
    "quy trinh": "Quy trình",
    "giay moi": "Giấy mời",
    "bien ban": "Biên bản",
}
"""Folded name of a type → as it is written."""

ATTACHED = (
    "quy che", "quy dinh", "dieu le", "noi quy", "chuong trinh", "ke hoach", "de an", "du an", "phuong an", "huong dan",
    "quy trinh", "chien luoc", "quy hoach", "bo tieu chi", "quy tac", "bang gia", "danh muc",
)  # fmt: skip
"""What a decision issues "kèm theo" as a text of its own."""

BY_SIGN: dict[str, str] = {
    "QH": "Luật", "NĐ": "Nghị định", "ND": "Nghị định", "NQ": "Nghị quyết", "QĐ": "Quyết định", "QD": "Quyết định",
    "CT": "Chỉ thị", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "TTLB": "Thông tư liên bộ", "KH": "Kế hoạch",
    "TB": "Thông báo", "BC": "Báo cáo", "TTr": "Tờ trình", "TTR": "Tờ trình", "HD": "Hướng dẫn", "CĐ": "Công điện",
    "CTr": "Chương trình", "KL": "Kết luận", "VBHN": "Văn bản hợp nhất", "NQLT": "Nghị quyết liên tịch",
    "ĐA": "Đề án", "PA": "Phương án", "QC": "Quy chế", "QyĐ": "Quy định", "GM": "Giấy mời", "BB": "Biên bản",
    "PL": "Pháp lệnh", "L": "Lệnh",
}  # fmt: skip
"""First letters of a sign → the type it stands for. Source: NĐ 30/2020/NĐ-CP, phụ lục III; TT 55/2005 before it."""

HEADS = (
    "chu tich", "pho chu tich", "bo truong", "thu truong", "thu tuong", "pho thu tuong", "giam doc", "pho giam doc",
    "tong giam doc", "pho tong giam doc", "chanh van phong", "pho chanh van phong", "tong cuc truong",
    "pho tong cuc truong", "cuc truong", "pho cuc truong", "vu truong", "pho vu truong", "chu nhiem", "pho chu nhiem",
    "hieu truong", "pho hieu truong", "vien truong", "pho vien truong", "chanh an", "pho chanh an", "truong ban",
    "pho truong ban", "truong phong", "pho truong phong", "bi thu", "pho bi thu", "thong doc", "pho thong doc",
    "tong thanh tra", "pho tong thanh tra", "chanh thanh tra", "pho chanh thanh tra", "tong kiem toan",
    "pho tong kiem toan", "chu tich nuoc", "tong bi thu", "thuong truc ban bi thu", "tu lenh", "chi huy truong",
    "tong tham muu truong", "doi truong", "chi cuc truong", "pho chi cuc truong", "hieu pho", "tong thu ky",
    "pho tong thu ky", "tram truong", "truong doan", "pho truong doan", "to truong", "quyen chu tich",
    "bo truong, chu nhiem", "uy vien", "uy vien thuong truc", "tong bien tap", "giam doc dai", "truong doan dai bieu",
)  # fmt: skip
"""Ranks, as a line of a signature begins. A rank may be followed by its body ("chu tich quoc hoi")."""

BODIES = (
    "uy ban nhan dan", "ubnd", "hoi dong nhan dan", "hdnd", "uy ban thuong vu quoc hoi", "quoc hoi", "chinh phu",
    "thu tuong chinh phu", "chu tich nuoc", "bo ", "so ", "van phong", "tong cuc", "cuc ", "chi cuc", "uy ban", "ban ",
    "ngan hang", "toa an", "vien kiem sat", "vien ", "kiem toan", "thanh tra", "bao hiem", "dai ", "truong ", "phong ",
    "trung tam", "tong cong ty", "cong ty", "lien doan", "doan ", "dai hoc", "hoc vien", "benh vien",
    "cong an", "dang uy", "tinh uy", "thanh uy", "huyen uy", "ban chap hanh", "tap doan", "vu ", "doan dai bieu",
    "thong tan xa", "cong thong tin", "bo tu lenh", "bo chi huy", "kho bac", "mat tran", "tong lien doan", "uy ban mat tran",
    "ban quan ly", "ban chi dao", "hoi dong", "so", "bo", "to ", "nha ", "thuong truc", "chu tich",
    "quy bao ", "quy dau tu", "quy ho tro", "quy phat trien", "quy phong", "quy tin dung",
)  # fmt: skip
"""How the name of an issuing body begins."""

POINTS = "abcdđeghiklmnopqrstuvxy"
"""The letters of điểm, in order; f, j, w, z are no Vietnamese letters."""

SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao doan vuong trinh truong dinh lam phung "
    "mai to ta luong luu chu thai cao ha quach la tang thach kieu ung nghiem giang chau bach quan sam dam luc ma nong "
    "than trieu khuc uong tong lo hang vang sung giang y ksor rcom siu dieu kpa cam quang vi cu lu o au ton ong mac tieu "
    "thieu van ninh khong trang doi hua che diep khuat tu tho chung thi danh kim son liem pho phi ngan be bien cai "
    "bang thanh dong cung lieu luyen mau nghe nhan nham phuong sa sai si tham thang tat tuong vien viet vong xa ngoc "
    "giap lai lang ban cha hau hoa linh ngu thoi trac bo".split()
)
"""First words of names, folded: a line that stands alone after a signature and begins otherwise is doubted."""

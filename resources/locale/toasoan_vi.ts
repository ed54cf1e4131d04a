<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi" sourcelanguage="en">
<context>
    <name>AboveWork</name>
    <message>
        <source>Sent, and locked while it waits for approval. To change it, recall it first.</source>
        <translation>Đã gửi, đang khóa trong lúc chờ duyệt. Muốn sửa, hãy rút lại trước.</translation>
    </message>
    <message>
        <source>Recall to edit</source>
        <translation>Rút lại để sửa</translation>
    </message>
</context>
<context>
    <name>AccountActions</name>
    <message>
        <source>Your sign-in has run out. You can go on writing; nothing is sent until you sign in again.</source>
        <translation>Phiên đăng nhập đã hết. Bạn vẫn viết được; chưa gửi gì cho đến khi bạn đăng nhập lại.</translation>
    </message>
    <message>
        <source>You are signed out. You can go on writing; what waits is sent after the next sign-in.</source>
        <translation>Bạn đã đăng xuất. Bạn vẫn viết được; việc đang chờ sẽ được gửi sau lần đăng nhập tới.</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Đăng nhập…</translation>
    </message>
    <message numerus="yes">
        <source>%n operation(s) still to send. Signed out, they stay on this machine until the next sign-in.</source>
        <translation>
            <numerusform>Còn %n thao tác chưa gửi. Đăng xuất thì chúng ở lại trên máy này đến lần đăng nhập tới.</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign out all the same</source>
        <translation>Vẫn đăng xuất</translation>
    </message>
    <message>
        <source>Export what is unsent…</source>
        <translation>Xuất việc chưa gửi…</translation>
    </message>
    <message>
        <source>This machine has no secure keyring: the sign-in lasts until the window is closed.</source>
        <translation>Máy này không có kho khóa an toàn: phiên đăng nhập chỉ giữ đến khi đóng cửa sổ.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>New entry</source>
        <translation>Soạn mới</translation>
    </message>
    <message>
        <source>Legal document from a pasted text…</source>
        <translation>Văn bản từ nội dung đã dán…</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Đính kèm tệp…</translation>
    </message>
    <message>
        <source>Keep pictures as they came, on this machine</source>
        <translation>Giữ thêm ảnh gốc trên máy này</translation>
    </message>
    <message>
        <source>Write to disk now</source>
        <translation>Ghi xuống đĩa ngay</translation>
    </message>
    <message>
        <source>Copy as a new entry</source>
        <translation>Chép thành bài mới</translation>
    </message>
    <message>
        <source>Translate into the other language</source>
        <translation>Dịch sang ngôn ngữ kia</translation>
    </message>
    <message>
        <source>Earlier texts…</source>
        <translation>Các bản trước…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>In…</translation>
    </message>
    <message>
        <source>The page as PDF…</source>
        <translation>Trang này ra PDF…</translation>
    </message>
    <message>
        <source>Correct the text</source>
        <translation>Sửa bài</translation>
    </message>
    <message>
        <source>Back to reading</source>
        <translation>Trở lại duyệt</translation>
    </message>
    <message>
        <source>Export the document…</source>
        <translation>Xuất văn bản…</translation>
    </message>
    <message>
        <source>Import an old archive…</source>
        <translation>Nhập kho văn bản cũ…</translation>
    </message>
    <message>
        <source>Bring in a calendar (.ics)…</source>
        <translation>Nhập lịch công tác (.ics)…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Thoát</translation>
    </message>
    <message>
        <source>Send on</source>
        <translation>Chuyển bước</translation>
    </message>
    <message>
        <source>Return with a reason…</source>
        <translation>Trả lại kèm nhận xét…</translation>
    </message>
    <message>
        <source>Recall to edit</source>
        <translation>Rút lại để sửa</translation>
    </message>
    <message>
        <source>Revise what is published</source>
        <translation>Sửa bản đã đăng</translation>
    </message>
    <message>
        <source>Take off the portal…</source>
        <translation>Gỡ bài…</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Khôi phục</translation>
    </message>
    <message>
        <source>Discard the draft…</source>
        <translation>Bỏ bản nháp…</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Tìm trong tất cả</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Xóa tìm kiếm</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Tìm lệnh</translation>
    </message>
    <message>
        <source>As on the portal</source>
        <translation>Như trên Cổng</translation>
    </message>
    <message>
        <source>Against what is published</source>
        <translation>So với bản đã đăng</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Nguồn</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>Khung kế tiếp</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Xem trước</translation>
    </message>
    <message>
        <source>Another width of the preview</source>
        <translation>Đổi bề rộng xem trước</translation>
    </message>
    <message>
        <source>As it fits</source>
        <translation>Vừa khung</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Máy tính</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Điện thoại</translation>
    </message>
    <message>
        <source>On paper</source>
        <translation>Giấy in</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Thuộc tính</translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Đồng bộ ngay</translation>
    </message>
    <message>
        <source>Bring in exported work…</source>
        <translation>Nhận việc đã xuất…</translation>
    </message>
    <message>
        <source>Network…</source>
        <translation>Mạng…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Đăng nhập…</translation>
    </message>
    <message>
        <source>Change password…</source>
        <translation>Đổi mật khẩu…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Đăng xuất</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Theo hệ thống</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Sáng</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Tối</translation>
    </message>
    <message>
        <source>About Tòa Soạn</source>
        <translation>Giới thiệu Tòa Soạn</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Thêm</translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Import of an old archive</source>
        <translation>Nhập kho văn bản cũ</translation>
    </message>
    <message>
        <source>Documents of the archive</source>
        <translation>Các văn bản trong kho</translation>
    </message>
    <message numerus="yes">
        <source>Import %n document(s)</source>
        <translation>
            <numerusform>Nhập %n văn bản</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {all}: new {new}, there already {there}, refused {refused}</source>
        <translation>{done} trên {all}: mới {new}, đã có {there}, không nhận {refused}</translation>
    </message>
    <message>
        <source>new</source>
        <translation>mới</translation>
    </message>
    <message>
        <source>there already</source>
        <translation>đã có</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>không nhận</translation>
    </message>
</context>
<context>
    <name>AskPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>The author reads these words with the text.</source>
        <translation>Tác giả đọc những lời này cùng bài viết.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Xác nhận</translation>
    </message>
    <message>
        <source>{command}: the reason (required)</source>
        <translation>{command}: lý do (bắt buộc)</translation>
    </message>
    <message>
        <source>{command}? The text stays in this machine&apos;s history.</source>
        <translation>{command}? Nội dung vẫn còn trong lịch sử trên máy này.</translation>
    </message>
</context>
<context>
    <name>Attaching</name>
    <message>
        <source>Attach a file</source>
        <translation>Đính kèm tệp</translation>
    </message>
    <message>
        <source>Insert a picture</source>
        <translation>Chèn ảnh</translation>
    </message>
    <message>
        <source>Pictures ({pattern})</source>
        <translation>Ảnh ({pattern})</translation>
    </message>
</context>
<context>
    <name>AttachmentsControl</name>
    <message>
        <source>Add files…</source>
        <translation>Thêm tệp…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Bỏ</translation>
    </message>
</context>
<context>
    <name>BlockField</name>
    <message numerus="yes">
        <source>⋯ %n line(s)</source>
        <translation>
            <numerusform>⋯ %n dòng</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BringingIn</name>
    <message>
        <source>The folder of the exported work</source>
        <translation>Thư mục việc đã xuất</translation>
    </message>
    <message>
        <source>Bring it in</source>
        <translation>Nhận vào</translation>
    </message>
</context>
<context>
    <name>CalendarFile</name>
    <message>
        <source>Bring in a calendar</source>
        <translation>Nhập lịch công tác</translation>
    </message>
    <message>
        <source>Calendars (*.ics)</source>
        <translation>Lịch (*.ics)</translation>
    </message>
</context>
<context>
    <name>Cards</name>
    <message>
        <source>Seen</source>
        <translation>Đã rõ</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>Đã đọc</translation>
    </message>
    <message>
        <source>Save as a new draft of mine</source>
        <translation>Lưu thành bản nháp mới của tôi</translation>
    </message>
    <message>
        <source>Export to a file…</source>
        <translation>Xuất ra tệp…</translation>
    </message>
    <message>
        <source>What was merged</source>
        <translation>Xem chỗ đã gộp</translation>
    </message>
    <message>
        <source>Read, send it again</source>
        <translation>Đã đọc, gửi lại</translation>
    </message>
    <message>
        <source>What changed since I read it</source>
        <translation>Xem chỗ khác bản đã đọc</translation>
    </message>
    <message>
        <source>{verb} the new text</source>
        <translation>{verb} bản mới</translation>
    </message>
    <message>
        <source>Go to {field}</source>
        <translation>Sửa {field}</translation>
    </message>
    <message>
        <source>{verb} again</source>
        <translation>{verb} lại</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Gửi ngay</translation>
    </message>
    <message>
        <source>the text</source>
        <translation>văn bản</translation>
    </message>
    <message>
        <source>Yours: {what}</source>
        <translation>Của bạn: {what}</translation>
    </message>
    <message>
        <source>On the portal: {what}</source>
        <translation>Trên Cổng: {what}</translation>
    </message>
    <message>
        <source>What you wrote: “{reason}”</source>
        <translation>Bạn đã viết: “{reason}”</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>Loose tone marks: %n (not Unicode as in TCVN 6909)</source>
        <translation>%n dấu rời: chưa đúng Unicode TCVN 6909</translation>
    </message>
    <message>
        <source>Unicode TCVN 6909</source>
        <translation>Unicode TCVN 6909</translation>
    </message>
    <message>
        <source>Everything required is filled in</source>
        <translation>Đã đủ các mục bắt buộc</translation>
    </message>
    <message>
        <source>{field}: must be filled in</source>
        <translation>{field}: còn thiếu</translation>
    </message>
    <message>
        <source>{field}: before “{other}”</source>
        <translation>{field}: trước “{other}”</translation>
    </message>
    <message>
        <source>{field}: the shares make {sum} %, not {wanted} %</source>
        <translation>{field}: tổng tỷ lệ là {sum} %, phải là {wanted} %</translation>
    </message>
    <message>
        <source>{field}, line {line}: {part} must be filled in</source>
        <translation>{field}, dòng {line}: phải điền {part}</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} hoặc {other}</translation>
    </message>
    <message>
        <source>The source is missing</source>
        <translation>Thiếu nguồn trích dẫn</translation>
    </message>
    <message>
        <source>The source is stated</source>
        <translation>Có nguồn trích dẫn</translation>
    </message>
    <message>
        <source>{field}: too long</source>
        <translation>{field}: quá dài</translation>
    </message>
    <message>
        <source>{field}: not a date</source>
        <translation>{field}: không phải ngày</translation>
    </message>
    <message>
        <source>{field}: not in the form expected</source>
        <translation>{field}: chưa đúng dạng</translation>
    </message>
    <message>
        <source>{field}: not a value of this field</source>
        <translation>{field}: giá trị không hợp lệ</translation>
    </message>
    <message>
        <source>{field}: {address} is not an official address (…{domain})</source>
        <translation>{field}: {address} không phải địa chỉ công vụ (…{domain})</translation>
    </message>
    <message>
        <source>Every picture is described</source>
        <translation>Ảnh có văn bản thay thế</translation>
    </message>
    <message>
        <source>Line {line}: picture without a description for blind readers</source>
        <translation>Dòng {line}: ảnh thiếu mô tả cho người khiếm thị</translation>
    </message>
    <message>
        <source>“{name}”: picture without a description</source>
        <translation>“{name}”: ảnh thiếu mô tả</translation>
    </message>
    <message>
        <source>Numbers, dates and paragraphs are those of the original</source>
        <translation>Số, ngày và đoạn khớp với bản gốc</translation>
    </message>
    <message>
        <source>{here} paragraphs, the original has {there}</source>
        <translation>Có {here} đoạn, bản gốc có {there}</translation>
    </message>
    <message>
        <source>{here} is not in the original</source>
        <translation>{here} không có trong bản gốc</translation>
    </message>
    <message>
        <source>{there} of the original is missing</source>
        <translation>Thiếu {there} của bản gốc</translation>
    </message>
    <message>
        <source>Spelling and form: %n place(s) to look at (F7)</source>
        <translation>Chính tả, thể thức: %n chỗ cần xem (F7)</translation>
    </message>
    <message>
        <source>Spelling and form</source>
        <translation>Chính tả, thể thức</translation>
    </message>
    <message>
        <source>Line {line}: {what}</source>
        <translation>Dòng {line}: {what}</translation>
    </message>
</context>
<context>
    <name>ChoiceControl</name>
    <message>
        <source>— choose —</source>
        <translation>— chọn —</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>The editorial desk of a provincial portal: write, verify and publish, with or without a network.</source>
        <translation>Bàn biên tập của Cổng thông tin điện tử tỉnh: viết, xác thực và đăng tải, có mạng hay không có mạng.</translation>
    </message>
    <message>
        <source>Apache-2.0. Be Vietnam Pro: SIL Open Font License.</source>
        <translation>Giấy phép Apache-2.0. Phông chữ Be Vietnam Pro: SIL Open Font License.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>What would you like to do?</source>
        <translation>Bạn muốn làm gì?</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Tìm lệnh</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Các lệnh</translation>
    </message>
</context>
<context>
    <name>Composing</name>
    <message>
        <source>No section of this kind is assigned to you</source>
        <translation>Bạn chưa được phân công chuyên mục nào của loại này</translation>
    </message>
</context>
<context>
    <name>Conflict</name>
    <message>
        <source>nothing</source>
        <translation>không có gì</translation>
    </message>
    <message>
        <source>removed: {text};</source>
        <translation>bỏ: {text};</translation>
    </message>
    <message>
        <source>added: {text};</source>
        <translation>thêm: {text};</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Bản gốc</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Của tôi</translation>
    </message>
    <message>
        <source>✓ mine is kept</source>
        <translation>✓ giữ của tôi</translation>
    </message>
    <message>
        <source>✓ taken from {who}</source>
        <translation>✓ lấy của {who}</translation>
    </message>
    <message>
        <source>✓ written by hand</source>
        <translation>✓ sửa tay</translation>
    </message>
    <message>
        <source>● yours to decide</source>
        <translation>● cần bạn quyết</translation>
    </message>
    <message>
        <source>✓ merged: mine</source>
        <translation>✓ tự gộp: của tôi</translation>
    </message>
    <message>
        <source>✓ merged: from {who}</source>
        <translation>✓ tự gộp: của {who}</translation>
    </message>
    <message>
        <source>✓ merged: both alike</source>
        <translation>✓ hai bên sửa như nhau</translation>
    </message>
    <message>
        <source>Both originals stay in the history.</source>
        <translation>Hai bản gốc vẫn nằm trong lịch sử.</translation>
    </message>
    <message>
        <source>All is decided: Enter saves the merged text.</source>
        <translation>Đã quyết hết: Enter để lưu bản đã gộp.</translation>
    </message>
    <message>
        <source>fields: %n</source>
        <translation>%n trường</translation>
    </message>
    <message>
        <source>paragraphs: %n</source>
        <translation>%n đoạn</translation>
    </message>
    <message>
        <source>Still to decide — {what}.</source>
        <translation>Còn chỗ cần bạn quyết: {what}.</translation>
    </message>
    <message>
        <source>someone else</source>
        <translation>người khác</translation>
    </message>
    <message>
        <source>changed {time}, on this machine</source>
        <translation>sửa {time}, trên máy này</translation>
    </message>
    <message>
        <source>not known on this machine</source>
        <translation>máy này không biết bản gốc</translation>
    </message>
    <message>
        <source>From {who}</source>
        <translation>Của {who}</translation>
    </message>
    <message>
        <source>revision {number}</source>
        <translation>bản {number}</translation>
    </message>
</context>
<context>
    <name>ConflictPane</name>
    <message>
        <source>Read what was merged</source>
        <translation>Đọc lại bản gộp</translation>
    </message>
    <message>
        <source>Two people changed “{title}”</source>
        <translation>Hai người cùng sửa “{title}”</translation>
    </message>
    <message>
        <source>Merged, to be read: “{title}”</source>
        <translation>Đã gộp, cần đọc lại: “{title}”</translation>
    </message>
    <message>
        <source>The machine put both texts together; what it took is marked. Read it, then say so.</source>
        <translation>Máy đã gộp hai bản; chỗ được gộp có đánh dấu. Đọc lại rồi xác nhận.</translation>
    </message>
    <message>
        <source>Decide what is marked ●; what is marked ✓ needed no decision, and may still be changed.</source>
        <translation>Quyết những chỗ có dấu ●; chỗ có dấu ✓ không cần hỏi, nhưng vẫn đổi được.</translation>
    </message>
    <message>
        <source>The portal&apos;s text is not on this machine yet: synchronise (F5), then decide.</source>
        <translation>Bản trên Cổng chưa có trên máy này: đồng bộ (F5) rồi quyết định.</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Xung đột</translation>
    </message>
</context>
<context>
    <name>DateControl</name>
    <message>
        <source>dd/MM/yyyy</source>
        <translation>dd/MM/yyyy</translation>
    </message>
    <message>
        <source>Calendar: {field}</source>
        <translation>Lịch: {field}</translation>
    </message>
</context>
<context>
    <name>Deadline</name>
    <message>
        <source>was due {when}</source>
        <translation>quá hạn {when}</translation>
    </message>
    <message>
        <source>due {when}</source>
        <translation>hạn {when}</translation>
    </message>
    <message>
        <source>Late, it was due {when}: {rule}</source>
        <translation>Đã quá hạn {when}: {rule}</translation>
    </message>
    <message>
        <source>Due {when}: {rule}</source>
        <translation>Hạn đăng {when}: {rule}</translation>
    </message>
    <message>
        <source> (the days off of that year are not told by the portal)</source>
        <translation> (Cổng chưa khai báo ngày nghỉ của năm đó)</translation>
    </message>
</context>
<context>
    <name>DocumentPane</name>
    <message>
        <source>Title</source>
        <translation>Tiêu đề</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>So sánh</translation>
    </message>
    <message>
        <source>Mark in the preview what differs from what is published</source>
        <translation>Đánh dấu chỗ khác bản đã đăng</translation>
    </message>
</context>
<context>
    <name>EditingActions</name>
    <message>
        <source>Bold</source>
        <translation>Chữ đậm</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>Chữ nghiêng</translation>
    </message>
    <message>
        <source>Heading 2</source>
        <translation>Tiêu đề cấp 2</translation>
    </message>
    <message>
        <source>Heading 3</source>
        <translation>Tiêu đề cấp 3</translation>
    </message>
    <message>
        <source>Heading 4</source>
        <translation>Tiêu đề cấp 4</translation>
    </message>
    <message>
        <source>Bulleted list</source>
        <translation>Danh sách</translation>
    </message>
    <message>
        <source>• List</source>
        <translation>• Danh sách</translation>
    </message>
    <message>
        <source>Numbered list</source>
        <translation>Danh sách đánh số</translation>
    </message>
    <message>
        <source>1. Numbers</source>
        <translation>1. Số</translation>
    </message>
    <message>
        <source>Insert a table</source>
        <translation>Chèn bảng</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Bảng</translation>
    </message>
    <message>
        <source>Quotation</source>
        <translation>Đoạn trích dẫn</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Trích dẫn</translation>
    </message>
    <message>
        <source>Insert a picture…</source>
        <translation>Chèn ảnh…</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Ảnh</translation>
    </message>
    <message>
        <source>Attach a file to the text…</source>
        <translation>Đính kèm tệp vào bài…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Bring in the text of a file…</source>
        <translation>Nhập tệp…</translation>
    </message>
    <message>
        <source>Insert a link</source>
        <translation>Chèn liên kết</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Liên kết</translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation>Tìm trong bài</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Tìm tiếp</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>Tìm ngược lại</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Tìm và thay</translation>
    </message>
    <message>
        <source>Footnote</source>
        <translation>Chú thích cuối trang</translation>
    </message>
    <message>
        <source>Insert a set phrase…</source>
        <translation>Chèn mẫu câu…</translation>
    </message>
    <message>
        <source>Phrases</source>
        <translation>Mẫu câu</translation>
    </message>
    <message>
        <source>Non-breaking space</source>
        <translation>Dấu cách không ngắt dòng</translation>
    </message>
    <message>
        <source>Typeset quotation marks, dashes and units</source>
        <translation>Chỉnh dấu ngoặc kép, gạch ngang, đơn vị đo</translation>
    </message>
    <message>
        <source>Table: row below</source>
        <translation>Bảng: thêm hàng bên dưới</translation>
    </message>
    <message>
        <source>Table: remove the row</source>
        <translation>Bảng: bỏ hàng này</translation>
    </message>
    <message>
        <source>Table: column to the right</source>
        <translation>Bảng: thêm cột bên phải</translation>
    </message>
    <message>
        <source>Table: remove the column</source>
        <translation>Bảng: bỏ cột này</translation>
    </message>
    <message>
        <source>Table: column to the left edge</source>
        <translation>Bảng: căn cột sang trái</translation>
    </message>
    <message>
        <source>Table: column centred</source>
        <translation>Bảng: căn cột vào giữa</translation>
    </message>
    <message>
        <source>Table: column to the right edge</source>
        <translation>Bảng: căn cột sang phải</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Mục lục</translation>
    </message>
    <message>
        <source>Fold or unfold the section</source>
        <translation>Gấp hoặc mở phần này</translation>
    </message>
    <message>
        <source>Unfold everything</source>
        <translation>Mở mọi phần đã gấp</translation>
    </message>
    <message>
        <source>Only the paragraph that is written in</source>
        <translation>Chỉ đoạn đang viết</translation>
    </message>
    <message>
        <source>Show all signs of the source</source>
        <translation>Hiện mọi dấu của mã nguồn</translation>
    </message>
    <message>
        <source>Next mistake in the text</source>
        <translation>Lỗi kế tiếp trong văn bản</translation>
    </message>
    <message>
        <source>Typeset while typing</source>
        <translation>Chỉnh dấu ngay khi gõ</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Chữ to hơn</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Chữ nhỏ hơn</translation>
    </message>
    <message>
        <source>Text in its usual size</source>
        <translation>Chữ cỡ bình thường</translation>
    </message>
</context>
<context>
    <name>EditorToolbar</name>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n từ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min to read</source>
        <translation>
            <numerusform>đọc %n phút</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Empty</name>
    <message>
        <source>Nothing found</source>
        <translation>Không tìm thấy</translation>
    </message>
    <message>
        <source>Search looks at titles, numbers and texts; tone marks and đ may be left out.</source>
        <translation>Tìm trong tiêu đề, số ký hiệu và nội dung; gõ không dấu cũng được.</translation>
    </message>
    <message>
        <source>Texts that wait for this step in your sections will stand here, the newest first.</source>
        <translation>Bài chờ bước này trong chuyên mục của bạn sẽ hiện ở đây, mới nhất trước.</translation>
    </message>
    <message>
        <source>The queue is empty</source>
        <translation>Hàng đợi trống</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>Chưa mở bài nào</translation>
    </message>
    <message>
        <source>Choose an entry in the list, or begin a new one.</source>
        <translation>Hãy chọn một mục trong danh sách, hoặc soạn mới.</translation>
    </message>
    <message>
        <source>Left for later</source>
        <translation>Đã để sau</translation>
    </message>
    <message>
        <source>Both texts stay as they are. Choose the entry again (Enter in the list) to go on.</source>
        <translation>Hai bản vẫn giữ nguyên. Chọn lại mục này (Enter trong danh sách) để làm tiếp.</translation>
    </message>
    <message>
        <source>No drafts</source>
        <translation>Chưa có bản nháp</translation>
    </message>
    <message>
        <source>What you write stays here until you send it for verification. It works without a network.</source>
        <translation>Bài bạn viết nằm ở đây cho đến khi gửi xác thực. Không có mạng vẫn viết được.</translation>
    </message>
    <message>
        <source>Nothing came back</source>
        <translation>Không có bài bị trả lại</translation>
    </message>
    <message>
        <source>A text that is returned to you stands here with the reason.</source>
        <translation>Bài bị trả lại sẽ hiện ở đây kèm lý do.</translation>
    </message>
    <message>
        <source>Nothing waits for approval</source>
        <translation>Không có bài đang chờ duyệt</translation>
    </message>
    <message>
        <source>What you sent stands here until it is published or returned.</source>
        <translation>Bài đã gửi nằm ở đây cho đến khi được đăng hoặc bị trả lại.</translation>
    </message>
    <message>
        <source>Nothing of yours is published yet</source>
        <translation>Chưa có bài nào của bạn được đăng</translation>
    </message>
    <message>
        <source>Your texts stand here once they are on the portal.</source>
        <translation>Bài của bạn hiện ở đây khi đã lên Cổng.</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>Không có xung đột</translation>
    </message>
    <message>
        <source>When two people write on the same text, both versions are kept and you decide here.</source>
        <translation>Khi hai người cùng sửa một bài, cả hai bản đều được giữ và bạn quyết định ở đây.</translation>
    </message>
    <message>
        <source>Nothing to settle</source>
        <translation>Không có việc cần xử lý</translation>
    </message>
    <message>
        <source>What the portal refuses is put here with the rule that says no; nothing is ever lost.</source>
        <translation>Việc Cổng từ chối nằm ở đây kèm quy định không cho phép; không mất gì cả.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Chưa có gì ở đây</translation>
    </message>
    <message>
        <source>Entries of this kind stand here once they are written or published.</source>
        <translation>Nội dung loại này hiện ở đây khi được viết hoặc đăng.</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Where to export to</source>
        <translation>Xuất ra thư mục nào</translation>
    </message>
</context>
<context>
    <name>FileWords</name>
    <message>
        <source>What it shows</source>
        <translation>Mô tả</translation>
    </message>
    <message>
        <source>Author or source</source>
        <translation>Tác giả hoặc nguồn</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Giấy phép</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Chép ra…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
    <message>
        <source>As it came, only on this machine ({size})</source>
        <translation>Ảnh gốc, chỉ có trên máy này ({size})</translation>
    </message>
</context>
<context>
    <name>FilesList</name>
    <message>
        <source>Say what it shows, whose it is and under which licence</source>
        <translation>Ghi ảnh hay tệp cho thấy gì, của ai, theo giấy phép nào</translation>
    </message>
</context>
<context>
    <name>FilesPanel</name>
    <message>
        <source>File</source>
        <translation>Tệp</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tốc độ</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tình trạng</translation>
    </message>
    <message>
        <source>So far</source>
        <translation>Đã xong</translation>
    </message>
    <message>
        <source>Files on their way</source>
        <translation>Tệp đang gửi</translation>
    </message>
    <message>
        <source>Bandwidth for files</source>
        <translation>Băng thông cho tệp</translation>
    </message>
    <message>
        <source>Videos after hours ({begin}:00–{end}:00)</source>
        <translation>Video ngoài giờ ({begin}–{end} giờ)</translation>
    </message>
    <message>
        <source>Files still to be sent: {count}</source>
        <translation>Tệp còn phải gửi: {count}</translation>
    </message>
    <message>
        <source>to be received: {count}</source>
        <translation>còn phải nhận: {count}</translation>
    </message>
    <message>
        <source>Go on with this file</source>
        <translation>Tiếp tục tệp này</translation>
    </message>
    <message>
        <source>Pause this file</source>
        <translation>Dừng tệp này</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>not a pattern</source>
        <translation>mẫu không hợp lệ</translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation>Tìm trong bài</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Thay bằng</translation>
    </message>
    <message>
        <source>Match tone marks</source>
        <translation>Phân biệt dấu</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Biểu thức</translation>
    </message>
    <message>
        <source>A regular expression; $1 to $9 in the replacement are its groups</source>
        <translation>Biểu thức chính quy; $1 đến $9 trong phần thay thế là các nhóm của nó</translation>
    </message>
    <message>
        <source>Number of finds</source>
        <translation>Số chỗ tìm thấy</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Chỗ trước</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Chỗ sau</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Thay</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Thay tất cả</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message>
        <source>Take all of theirs</source>
        <translation>Lấy cả bản của họ</translation>
    </message>
    <message>
        <source>Keep all of mine</source>
        <translation>Giữ cả bản của tôi</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Để sau</translation>
    </message>
    <message>
        <source>Read, send it again</source>
        <translation>Đã đọc, gửi lại</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>Đã đọc</translation>
    </message>
    <message>
        <source>Save the merged text</source>
        <translation>Lưu bản đã gộp</translation>
    </message>
    <message>
        <source>Keys: 1 mine · 2 theirs · 3 by hand · N next · P previous · Enter save · Esc later</source>
        <translation>Phím: 1 của tôi · 2 của họ · 3 sửa tay · N kế tiếp · P trước · Enter lưu · Esc để sau</translation>
    </message>
    <message>
        <source>Keys: N next · P previous · R the result · Enter I have read it · Esc later</source>
        <translation>Phím: N kế tiếp · P trước · R kết quả · Enter đã đọc · Esc để sau</translation>
    </message>
</context>
<context>
    <name>FormView</name>
    <message>
        <source>{field} (required)</source>
        <translation>{field} (bắt buộc)</translation>
    </message>
</context>
<context>
    <name>Gestures</name>
    <message>
        <source>{verb} revision {number}</source>
        <translation>{verb} bản {number}</translation>
    </message>
    <message>
        <source>{verb} this text</source>
        <translation>{verb} bản này</translation>
    </message>
</context>
<context>
    <name>HandEdit</name>
    <message>
        <source>Ctrl+↵ when it reads well; Esc leaves it as it was.</source>
        <translation>Ctrl+↵ khi đã xong; Esc để như cũ.</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Only what differs</source>
        <translation>Chỉ chỗ khác nhau</translation>
    </message>
    <message>
        <source>Show the result</source>
        <translation>Xem kết quả</translation>
    </message>
    <message>
        <source>The page as it would be, from the answers so far (R)</source>
        <translation>Trang sẽ thành, theo các lựa chọn đến lúc này (R)</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>(no title yet)</source>
        <translation>(chưa có tiêu đề)</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>chờ bạn</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>đang lưu…</translation>
    </message>
    <message>
        <source>✕ not saved</source>
        <translation>✕ chưa lưu được</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>chỉ đọc</translation>
    </message>
    <message>
        <source>✓ saved {time}</source>
        <translation>✓ đã lưu {time}</translation>
    </message>
    <message>
        <source>✓ saved</source>
        <translation>✓ đã lưu</translation>
    </message>
    <message>
        <source>waits for network</source>
        <translation>chờ mạng</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>revision {number}</source>
        <translation>bản {number}</translation>
    </message>
    <message>
        <source>waits for network</source>
        <translation>chờ mạng</translation>
    </message>
    <message>
        <source>text changed</source>
        <translation>sửa nội dung</translation>
    </message>
</context>
<context>
    <name>HomeNotices</name>
    <message>
        <source>Seen</source>
        <translation>Đã rõ</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>Đồng ý</translation>
    </message>
    <message>
        <source>Do not agree</source>
        <translation>Không đồng ý</translation>
    </message>
</context>
<context>
    <name>Incoming</name>
    <message>
        <source>Texts ({pattern})</source>
        <translation>Văn bản ({pattern})</translation>
    </message>
    <message>
        <source>Bring in the text of a file</source>
        <translation>Nhập chữ của một tệp vào bài</translation>
    </message>
    <message>
        <source>Bring the text of the file into what you are writing, or attach the file as it is?</source>
        <translation>Nhập chữ trong tệp vào bài đang viết, hay đính kèm nguyên tệp?</translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>Nhập vào bài</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Đính kèm</translation>
    </message>
    <message>
        <source>Comment by {author} on “{about}”: {text}</source>
        <translation>Bình luận của {author} về “{about}”: {text}</translation>
    </message>
    <message>
        <source>To look at again</source>
        <translation>Cần xem lại</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>Đang đọc {name}…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Returned by {who}: “{reason}”</source>
        <translation>{who} trả lại: “{reason}”</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Thuộc tính</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Tệp đính kèm</translation>
    </message>
    <message>
        <source>Checks before sending</source>
        <translation>Kiểm tra trước khi gửi</translation>
    </message>
</context>
<context>
    <name>LegalFiles</name>
    <message>
        <source>Export the document</source>
        <translation>Xuất văn bản</translation>
    </message>
    <message>
        <source>Word processor, layout of NĐ 30/2020 (*.docx)</source>
        <translation>Soạn thảo văn bản, thể thức NĐ 30/2020 (*.docx)</translation>
    </message>
    <message>
        <source>PDF, made by LibreOffice (*.pdf)</source>
        <translation>PDF, do LibreOffice làm (*.pdf)</translation>
    </message>
    <message>
        <source>Akoma Ntoso 3.0 (*.xml)</source>
        <translation>Akoma Ntoso 3.0 (*.xml)</translation>
    </message>
    <message>
        <source>Plain text (*.txt)</source>
        <translation>Văn bản thô (*.txt)</translation>
    </message>
    <message>
        <source>Export the calendar</source>
        <translation>Xuất lịch công tác</translation>
    </message>
    <message>
        <source>Calendars (*.ics)</source>
        <translation>Lịch (*.ics)</translation>
    </message>
    <message>
        <source>The folder of the old archive</source>
        <translation>Thư mục kho văn bản cũ</translation>
    </message>
</context>
<context>
    <name>LegalPaste</name>
    <message>
        <source>rule: from the day of signing</source>
        <translation>quy tắc: kể từ ngày ký</translation>
    </message>
    <message>
        <source>rule: so many days after signing</source>
        <translation>quy tắc: sau số ngày ấy kể từ ngày ký</translation>
    </message>
    <message>
        <source>rule: so many days after it was passed</source>
        <translation>quy tắc: sau số ngày ấy kể từ ngày thông qua</translation>
    </message>
    <message>
        <source>rule: from the day it was passed</source>
        <translation>quy tắc: kể từ ngày thông qua</translation>
    </message>
    <message>
        <source>the day it was passed</source>
        <translation>ngày được thông qua</translation>
    </message>
    <message>
        <source>from the table of properties</source>
        <translation>theo bảng thuộc tính</translation>
    </message>
    <message>
        <source>There are several documents in this text; the first one was read</source>
        <translation>Nội dung dán có nhiều văn bản; đã đọc văn bản thứ nhất</translation>
    </message>
    <message>
        <source>Number or date is left blank: a draft</source>
        <translation>Số hoặc ngày còn để trống: bản dự thảo</translation>
    </message>
    <message>
        <source>This text cannot be read; nothing is suggested</source>
        <translation>Không đọc được nội dung này; không gợi ý gì</translation>
    </message>
    <message>
        <source>The number in the text is not the one in the table of properties</source>
        <translation>Số hiệu trong văn bản khác với bảng thuộc tính</translation>
    </message>
    <message>
        <source>The date in the text is not the one in the table of properties</source>
        <translation>Ngày ban hành trong văn bản khác với bảng thuộc tính</translation>
    </message>
    <message>
        <source>The date in the text is in no calendar</source>
        <translation>Ngày ghi trong văn bản không có trong lịch</translation>
    </message>
    <message>
        <source>The clause on effect gives another day than the table of properties</source>
        <translation>Điều khoản hiệu lực cho ngày khác với bảng thuộc tính</translation>
    </message>
    <message>
        <source>The text does not settle the day of effect:</source>
        <translation>Văn bản không ấn định được ngày hiệu lực:</translation>
    </message>
    <message>
        <source>The signature is not that of the table of properties</source>
        <translation>Chữ ký khác với bảng thuộc tính</translation>
    </message>
    <message>
        <source>stands twice</source>
        <translation>bị lặp</translation>
    </message>
    <message>
        <source>something is missing before it</source>
        <translation>thiếu mục đứng trước</translation>
    </message>
    <message>
        <source>is no Vietnamese letter</source>
        <translation>không phải chữ cái tiếng Việt</translation>
    </message>
    <message>
        <source>has a comma</source>
        <translation>có dấu phẩy sau số</translation>
    </message>
    <message>
        <source>not in the text: write it by hand</source>
        <translation>không có trong nội dung: nhập tay</translation>
    </message>
    <message>
        <source>from the dates of effect; other documents may have changed it</source>
        <translation>theo ngày hiệu lực; văn bản khác có thể đã làm thay đổi</translation>
    </message>
    <message>
        <source>not settled by type and number</source>
        <translation>loại và số hiệu chưa đủ để biết</translation>
    </message>
    <message>
        <source>from type and number</source>
        <translation>theo loại văn bản và số hiệu</translation>
    </message>
    <message>
        <source>Grounds</source>
        <translation>Căn cứ</translation>
    </message>
    <message>
        <source>documents: %n</source>
        <translation>%n văn bản</translation>
    </message>
    <message>
        <source>no articles</source>
        <translation>không có Điều</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>Cấu trúc</translation>
    </message>
    <message>
        <source>To note</source>
        <translation>Lưu ý</translation>
    </message>
</context>
<context>
    <name>LineDialog</name>
    <message>
        <source>Network</source>
        <translation>Mạng</translation>
    </message>
    <message>
        <source>Test the line</source>
        <translation>Thử đường mạng</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Thôi</translation>
    </message>
    <message>
        <source>Set on the command line (toasoan network --proxy …) or by the administrator for all machines.</source>
        <translation>Đặt bằng dòng lệnh (toasoan network --proxy …) hoặc do quản trị viên đặt cho mọi máy.</translation>
    </message>
    <message>
        <source>Portal: {address}</source>
        <translation>Cổng: {address}</translation>
    </message>
    <message>
        <source>Asking the portal…</source>
        <translation>Đang hỏi Cổng…</translation>
    </message>
    <message>
        <source>as the system says</source>
        <translation>theo hệ thống</translation>
    </message>
    <message>
        <source>none</source>
        <translation>không dùng</translation>
    </message>
    <message>
        <source>Proxy: {proxy}</source>
        <translation>Proxy: {proxy}</translation>
    </message>
    <message>
        <source>The portal answered after {time} ms. The line is in order.</source>
        <translation>Cổng trả lời sau {time} ms. Đường mạng thông suốt.</translation>
    </message>
    <message>
        <source>Given up; nothing was changed.</source>
        <translation>Đã thôi; không có gì thay đổi.</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>List</source>
        <translation>Danh sách</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Các bài</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Tìm kiếm</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Xóa tìm kiếm</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tất cả</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Khẩn</translation>
    </message>
    <message>
        <source>More kinds</source>
        <translation>Loại khác</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Tìm…</translation>
    </message>
    <message>
        <source>Search in {count}…</source>
        <translation>Tìm trong {count} mục…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Something you typed is not on disk: the disk refused it. Make room, or close again to lose it.</source>
        <translation>Có chữ vừa gõ chưa ghi được xuống đĩa vì đĩa từ chối. Hãy dọn chỗ, hoặc đóng lần nữa để bỏ phần đó.</translation>
    </message>
    <message>
        <source>Saved. Both texts stay in the history.</source>
        <translation>Đã lưu. Hai bản gốc vẫn nằm trong lịch sử.</translation>
    </message>
    <message>
        <source>Nothing is being written here now</source>
        <translation>Hiện không có bài nào đang được viết</translation>
    </message>
    <message>
        <source>No entry is open</source>
        <translation>Chưa mở bài nào</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Entry</source>
        <translation>&amp;Bài viết</translation>
    </message>
    <message>
        <source>&amp;Stages</source>
        <translation>&amp;Các bước</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Hiển thị</translation>
    </message>
    <message>
        <source>&amp;Account</source>
        <translation>&amp;Tài khoản</translation>
    </message>
    <message>
        <source>Preview &amp;width</source>
        <translation>Bề &amp;rộng xem trước</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Ngôn ngữ</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Giao diện</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Trợ &amp;giúp</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>&amp;Soạn thảo</translation>
    </message>
    <message>
        <source>Change &amp;role (demo)</source>
        <translation>Đổi &amp;vai (bản mẫu)</translation>
    </message>
</context>
<context>
    <name>MomentControl</name>
    <message>
        <source>dd/MM/yyyy HH:mm</source>
        <translation>dd/MM/yyyy HH:mm</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Drafts</source>
        <translation>Bản nháp</translation>
    </message>
    <message>
        <source>Returned to me</source>
        <translation>Bị trả lại</translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation>Đang chờ duyệt</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Đã đăng</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>Xung đột</translation>
    </message>
    <message>
        <source>To settle</source>
        <translation>Cần xử lý</translation>
    </message>
    <message>
        <source>Synchronisation</source>
        <translation>Đồng bộ</translation>
    </message>
    <message>
        <source>Board&apos;s queue</source>
        <translation>Hàng đợi ban biên tập</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Cần chú ý</translation>
    </message>
    <message>
        <source>My work</source>
        <translation>Việc của tôi</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Nội dung</translation>
    </message>
</context>
<context>
    <name>NavigationPanel</name>
    <message>
        <source>New entry</source>
        <translation>Soạn mới</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>Thực đơn (F10)</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Thực đơn</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>Điều hướng</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Dismiss</source>
        <translation>Đóng</translation>
    </message>
</context>
<context>
    <name>ObjectControl</name>
    <message>
        <source>Fill in…</source>
        <translation>Khai báo…</translation>
    </message>
    <message>
        <source>Fill in: {field}</source>
        <translation>Khai báo: {field}</translation>
    </message>
</context>
<context>
    <name>OutlinePanel</name>
    <message>
        <source>Outline</source>
        <translation>Mục lục</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Go to: {place}</source>
        <translation>Đi tới: {place}</translation>
    </message>
</context>
<context>
    <name>PasswordForm</name>
    <message>
        <source>Choose a new password</source>
        <translation>Chọn mật khẩu mới</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>Đổi mật khẩu</translation>
    </message>
    <message>
        <source>The password you were given works once. Choose one that only you know; it is never stored on this machine.</source>
        <translation>Mật khẩu được cấp chỉ dùng một lần. Hãy chọn mật khẩu chỉ mình bạn biết; mật khẩu không bao giờ được lưu trên máy này.</translation>
    </message>
    <message>
        <source>Choose one that only you know; it is never stored on this machine.</source>
        <translation>Hãy chọn mật khẩu chỉ mình bạn biết; mật khẩu không bao giờ được lưu trên máy này.</translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>Mật khẩu hiện tại</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Mật khẩu mới</translation>
    </message>
    <message>
        <source>New password, again</source>
        <translation>Nhập lại mật khẩu mới</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>Đổi mật khẩu</translation>
    </message>
    <message>
        <source>The two new passwords are not the same.</source>
        <translation>Hai lần nhập mật khẩu mới không giống nhau.</translation>
    </message>
</context>
<context>
    <name>PasteLawDialog</name>
    <message>
        <source>A legal document from a pasted text</source>
        <translation>Nhập văn bản từ nội dung đã dán</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Nội dung đã dán</translation>
    </message>
    <message>
        <source>Paste the whole text here (Ctrl+V)</source>
        <translation>Dán toàn văn vào đây (Ctrl+V)</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Gợi ý</translation>
    </message>
    <message>
        <source>Paste again</source>
        <translation>Dán lại</translation>
    </message>
    <message>
        <source>Make the draft</source>
        <translation>Tạo bản nháp</translation>
    </message>
    <message>
        <source>What the text does not say stays empty; nothing is guessed.</source>
        <translation>Không có trong văn bản thì để trống, không đoán.</translation>
    </message>
    <message>
        <source>{characters} characters · {known} of {all} fields · {articles} Điều</source>
        <translation>{characters} ký tự · nhận {known}/{all} trường · {articles} Điều</translation>
    </message>
    <message>
        <source>Take all ({count})</source>
        <translation>Nhận tất cả ({count})</translation>
    </message>
    <message>
        <source>↵ take · Del leave out · ↑↓ go · Space show the place in the text</source>
        <translation>↵ nhận · Del bỏ · ↑↓ chuyển · Space xem chỗ trong văn bản</translation>
    </message>
</context>
<context>
    <name>PeopleControl</name>
    <message>
        <source>Add a person</source>
        <translation>Thêm người</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Bỏ</translation>
    </message>
    <message>
        <source>Divide equally</source>
        <translation>Chia đều</translation>
    </message>
    <message>
        <source>Together {sum} %</source>
        <translation>Tổng {sum} %</translation>
    </message>
    <message>
        <source>{rest} % left</source>
        <translation>còn {rest} %</translation>
    </message>
    <message>
        <source>{rest} % too much</source>
        <translation>thừa {rest} %</translation>
    </message>
</context>
<context>
    <name>PictureOriginals</name>
    <message>
        <source>Save the picture as it came</source>
        <translation>Chép ảnh gốc ra tệp</translation>
    </message>
    <message>
        <source>Delete the picture as it came? It is only on this machine; the picture in the text stays.</source>
        <translation>Xóa ảnh gốc? Ảnh gốc chỉ có trên máy này; ảnh trong bài vẫn còn.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Xóa</translation>
    </message>
</context>
<context>
    <name>PlaceRow</name>
    <message>
        <source>By hand: {field}</source>
        <translation>Sửa tay: {field}</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>Mở {name}</translation>
    </message>
</context>
<context>
    <name>PreviewHandler</name>
    <message>
        <source>This picture is not on this machine</source>
        <translation>Ảnh này không có trên máy này</translation>
    </message>
    <message>
        <source>“Synchronisation” shows what is still to come</source>
        <translation>“Đồng bộ” cho biết tệp nào còn đang về</translation>
    </message>
</context>
<context>
    <name>PreviewView</name>
    <message>
        <source>Preview</source>
        <translation>Xem trước</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Sao chép</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Chọn tất cả</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>The page as PDF</source>
        <translation>Trang này ra PDF</translation>
    </message>
</context>
<context>
    <name>ProblemBar</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n vấn đề</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Proofing</name>
    <message>
        <source>Remove</source>
        <translation>Bỏ</translation>
    </message>
    <message>
        <source>Add “{word}” to my dictionary</source>
        <translation>Thêm “{word}” vào từ điển riêng</translation>
    </message>
    <message numerus="yes">
        <source>Replace all %n by “{fix}”</source>
        <translation>
            <numerusform>Thay cả %n chỗ bằng “{fix}”</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuietPainter</name>
    <message>
        <source>no description of the picture</source>
        <translation>thiếu mô tả ảnh</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>ảnh</translation>
    </message>
</context>
<context>
    <name>ReadingPane</name>
    <message>
        <source>Nothing else is published</source>
        <translation>Chưa có bản nào khác được đăng</translation>
    </message>
    <message>
        <source>As on the portal</source>
        <translation>Như trên Cổng</translation>
    </message>
    <message>
        <source>Against what is published</source>
        <translation>So với bản đã đăng</translation>
    </message>
    <message>
        <source>Against what I read</source>
        <translation>So với bản đã đọc</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Nguồn</translation>
    </message>
    <message>
        <source>Source text</source>
        <translation>Văn bản nguồn</translation>
    </message>
    <message>
        <source>Offline: the decision is kept here and carried out once there is a network, if revision {number} is still the newest.</source>
        <translation>Ngoại tuyến: quyết định được giữ trong hàng đợi, thực hiện khi có mạng nếu bản {number} vẫn là bản mới nhất.</translation>
    </message>
    <message>
        <source>Offline: the decision is kept here and carried out once there is a network.</source>
        <translation>Ngoại tuyến: quyết định được giữ trong hàng đợi, thực hiện khi có mạng.</translation>
    </message>
</context>
<context>
    <name>Related</name>
    <message>
        <source>replaced by {by} from {since}</source>
        <translation>bị thay thế bởi {by} từ {since}</translation>
    </message>
    <message>
        <source>repealed by {by} from {since}</source>
        <translation>bị bãi bỏ bởi {by} từ {since}</translation>
    </message>
    <message>
        <source>repealed in part by {by} from {since}</source>
        <translation>bị bãi bỏ một phần bởi {by} từ {since}</translation>
    </message>
    <message>
        <source>ended on {since}</source>
        <translation>hết hiệu lực ngày {since}</translation>
    </message>
    <message>
        <source>in force only from {since}</source>
        <translation>chỉ có hiệu lực từ {since}</translation>
    </message>
    <message>
        <source>in force from {since}</source>
        <translation>có hiệu lực từ {since}</translation>
    </message>
    <message>
        <source>Status should be “{state}”: {why}</source>
        <translation>Tình trạng nên là “{state}”: {why}</translation>
    </message>
</context>
<context>
    <name>RelationsControl</name>
    <message>
        <source>Relation</source>
        <translation>Quan hệ</translation>
    </message>
    <message>
        <source>The other document</source>
        <translation>Văn bản kia</translation>
    </message>
    <message>
        <source>Number or name…</source>
        <translation>Số hiệu hoặc tên…</translation>
    </message>
    <message>
        <source>Documents found</source>
        <translation>Văn bản tìm được</translation>
    </message>
    <message numerus="yes">
        <source>Add what the text names (%n)</source>
        <translation>
            <numerusform>Thêm văn bản được dẫn (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source> (not on the portal)</source>
        <translation> (không có trên cổng)</translation>
    </message>
</context>
<context>
    <name>Row</name>
    <message>
        <source>URGENT</source>
        <translation>KHẨN</translation>
    </message>
    <message>
        <source>(no title yet)</source>
        <translation>(chưa có tiêu đề)</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Xung đột</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Bị trả lại</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Đã đăng</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Đã gỡ</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>Đã bỏ</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Đang chờ</translation>
    </message>
    <message>
        <source>to settle</source>
        <translation>cần xử lý</translation>
    </message>
    <message>
        <source>↑ sending</source>
        <translation>↑ đang gửi</translation>
    </message>
    <message>
        <source>↑ waits for network</source>
        <translation>↑ chờ mạng</translation>
    </message>
    <message>
        <source>✓ sent</source>
        <translation>✓ đã gửi</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>trên máy này</translation>
    </message>
</context>
<context>
    <name>RowsControl</name>
    <message>
        <source>Add row</source>
        <translation>Thêm dòng</translation>
    </message>
    <message>
        <source>Remove row</source>
        <translation>Bỏ dòng</translation>
    </message>
</context>
<context>
    <name>SheetView</name>
    <message>
        <source>1  Keep mine</source>
        <translation>1  Giữ của tôi</translation>
    </message>
    <message>
        <source>2  Take theirs</source>
        <translation>2  Lấy của họ</translation>
    </message>
    <message>
        <source>3  Write by hand</source>
        <translation>3  Sửa tay</translation>
    </message>
    <message numerus="yes">
        <source>⋯ %n paragraph(s) alike ⋯</source>
        <translation>
            <numerusform>⋯ %n đoạn giống nhau ⋯</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SideCards</name>
    <message numerus="yes">
        <source>%n passed</source>
        <translation>
            <numerusform>%n đạt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n lưu ý</numerusform>
        </translation>
    </message>
    <message>
        <source>Checks ({count})</source>
        <translation>Kiểm tra ({count})</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Nhận xét</translation>
    </message>
    <message>
        <source>Related documents</source>
        <translation>Văn bản liên quan</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Tệp, bản gốc</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Lịch sử</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>The portal does not answer</source>
        <translation>Cổng không trả lời</translation>
    </message>
    <message>
        <source>Nothing answers at this address, or this machine has no network.</source>
        <translation>Không có gì trả lời ở địa chỉ này, hoặc máy không có mạng.</translation>
    </message>
    <message>
        <source>Check the address and the network, then try again.</source>
        <translation>Kiểm tra địa chỉ và mạng rồi thử lại.</translation>
    </message>
</context>
<context>
    <name>SignInForm</name>
    <message>
        <source>Sign in to the portal</source>
        <translation>Đăng nhập Cổng</translation>
    </message>
    <message>
        <source>The first sign-in needs the network once; afterwards everything works without it.</source>
        <translation>Lần đăng nhập đầu tiên cần mạng một lần; sau đó mọi việc làm được khi không có mạng.</translation>
    </message>
    <message>
        <source>Your work is on this machine. What waits is sent once you are signed in.</source>
        <translation>Bài của bạn vẫn ở trên máy này. Việc đang chờ được gửi ngay khi bạn đăng nhập.</translation>
    </message>
    <message>
        <source>Address of the portal</source>
        <translation>Địa chỉ Cổng</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Tên đăng nhập</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mật khẩu</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Đăng nhập</translation>
    </message>
    <message>
        <source>This is not the address of a site. It looks like https://portal.example.</source>
        <translation>Đây không phải là địa chỉ của một trang. Địa chỉ có dạng https://cong.example.</translation>
    </message>
</context>
<context>
    <name>StageActions</name>
    <message>
        <source>Not a step of this entry now</source>
        <translation>Bước này không áp dụng cho bài đang mở</translation>
    </message>
</context>
<context>
    <name>StartWindow</name>
    <message>
        <source>The editorial desk of the portal. It works with no network at all.</source>
        <translation>Bàn biên tập của Cổng. Không có mạng vẫn làm việc được.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>To send: %n</source>
        <translation>%n thao tác chờ gửi</translation>
    </message>
    <message>
        <source>To settle: %n</source>
        <translation>%n việc cần xử lý</translation>
    </message>
    <message>
        <source>Last synchronised {time}</source>
        <translation>Đồng bộ gần nhất {time}</translation>
    </message>
    <message>
        <source>Not synchronised yet</source>
        <translation>Chưa đồng bộ lần nào</translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation>Đang đồng bộ…</translation>
    </message>
    <message>
        <source>Not signed in — everything is kept on this machine</source>
        <translation>Chưa đăng nhập — mọi thay đổi được lưu trên máy</translation>
    </message>
    <message>
        <source>The portal was restored from a backup — nothing is being sent</source>
        <translation>Cổng vừa được khôi phục từ bản sao lưu — tạm ngừng gửi</translation>
    </message>
    <message>
        <source>Synchronising waits for your answer</source>
        <translation>Đồng bộ đang chờ bạn trả lời</translation>
    </message>
    <message>
        <source>This version is too old for the portal — everything is kept here</source>
        <translation>Phiên bản này quá cũ so với Cổng — mọi thứ được giữ trên máy</translation>
    </message>
    <message>
        <source>The portal has no room left — every change is kept on this machine</source>
        <translation>Cổng hết chỗ lưu — mọi thay đổi được lưu trên máy</translation>
    </message>
    <message>
        <source>The portal is being maintained — every change is kept on this machine</source>
        <translation>Cổng đang bảo trì — mọi thay đổi được lưu trên máy</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong — nothing is being sent</source>
        <translation>Đồng hồ máy tính sai — chưa gửi gì</translation>
    </message>
    <message>
        <source>The network settings cannot be read — nothing is being sent</source>
        <translation>Cấu hình mạng không đọc được — chưa gửi gì</translation>
    </message>
    <message>
        <source>The proxy asks for a password — every change is kept on this machine</source>
        <translation>Proxy đòi mật khẩu — mọi thay đổi được lưu trên máy</translation>
    </message>
    <message>
        <source>The proxy does not answer — every change is kept on this machine</source>
        <translation>Proxy không trả lời — mọi thay đổi được lưu trên máy</translation>
    </message>
    <message>
        <source>The proxy finds no way to the portal — every change is kept on this machine</source>
        <translation>Proxy không tới được Cổng — mọi thay đổi được lưu trên máy</translation>
    </message>
    <message>
        <source>The proxy&apos;s configuration cannot be used — every change is kept on this machine</source>
        <translation>Không dùng được cấu hình proxy — mọi thay đổi được lưu trên máy</translation>
    </message>
    <message>
        <source>No secure connection to the portal — nothing is being sent</source>
        <translation>Không lập được kết nối bảo mật tới Cổng — chưa gửi gì</translation>
    </message>
    <message>
        <source>The portal&apos;s certificate is not trusted — nothing is being sent</source>
        <translation>Chứng chỉ của Cổng không được tin cậy — chưa gửi gì</translation>
    </message>
    <message>
        <source>The portal asks to wait — every change is kept on this machine</source>
        <translation>Cổng yêu cầu chờ — mọi thay đổi được lưu trên máy</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Trực tuyến</translation>
    </message>
    <message>
        <source>Offline — every change is kept on this machine</source>
        <translation>Ngoại tuyến — mọi thay đổi được lưu trên máy</translation>
    </message>
    <message>
        <source>Offline since {time} — every change is kept on this machine</source>
        <translation>Ngoại tuyến từ {time} — mọi thay đổi được lưu trên máy</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Synchronise now (F5)</source>
        <translation>Đồng bộ ngay (F5)</translation>
    </message>
    <message>
        <source>Paused — nothing is sent by itself</source>
        <translation>Tạm dừng — không tự gửi</translation>
    </message>
    <message>
        <source>Nothing waits to be sent</source>
        <translation>Không có thao tác chờ gửi</translation>
    </message>
</context>
<context>
    <name>SyncCentre</name>
    <message>
        <source>Synchronisation</source>
        <translation>Đồng bộ</translation>
    </message>
    <message>
        <source>Answered lately</source>
        <translation>Cổng đã trả lời gần đây</translation>
    </message>
    <message>
        <source>Syncs since the window was opened</source>
        <translation>Các lần đồng bộ từ khi mở cửa sổ</translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Đồng bộ ngay</translation>
    </message>
    <message>
        <source>Export what is unsent…</source>
        <translation>Xuất việc chưa gửi…</translation>
    </message>
    <message>
        <source>Bring in exported work…</source>
        <translation>Nhận việc đã xuất…</translation>
    </message>
    <message>
        <source>Go on sending</source>
        <translation>Gửi tiếp</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Tạm dừng</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Gửi ngay</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Rút lại</translation>
    </message>
    <message>
        <source>Open the entry</source>
        <translation>Mở mục</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Chi tiết</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Mục</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Việc</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Từ lúc</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>Đang ở đâu</translation>
    </message>
    <message>
        <source>Why it waits</source>
        <translation>Vì sao còn chờ</translation>
    </message>
    <message>
        <source>What waits to be sent</source>
        <translation>Việc chờ gửi</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Lúc</translation>
    </message>
    <message>
        <source>Answered lately: nothing yet.</source>
        <translation>Cổng đã trả lời gần đây: chưa có gì.</translation>
    </message>
    <message>
        <source>Waiting to be sent: {count}</source>
        <translation>Chờ gửi: {count}</translation>
    </message>
    <message>
        <source>Paused: nothing is sent by itself.</source>
        <translation>Đang tạm dừng: không tự gửi gì.</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>Chưa có lần nào.</translation>
    </message>
    <message>
        <source>Its bytes may have reached the portal already</source>
        <translation>Việc này có thể đã tới Cổng</translation>
    </message>
</context>
<context>
    <name>SyncRoom</name>
    <message>
        <source>Look first</source>
        <translation>Xem lại</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Gửi</translation>
    </message>
    <message numerus="yes">
        <source>Exported to {folder}: %n</source>
        <translation>
            <numerusform>Đã xuất %n mục ra {folder}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Transfers</name>
    <message>
        <source>{size}/s</source>
        <translation>{size}/giây</translation>
    </message>
    <message>
        <source>no cap</source>
        <translation>không giới hạn</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>đang dừng</translation>
    </message>
    <message>
        <source>waits for the evening</source>
        <translation>chờ ngoài giờ</translation>
    </message>
    <message>
        <source>refused by the portal</source>
        <translation>Cổng không nhận</translation>
    </message>
    <message>
        <source>what you are working on needs it</source>
        <translation>việc đang làm cần tệp này</translation>
    </message>
    <message>
        <source>comes with the syncs</source>
        <translation>nhận cùng các lần đồng bộ</translation>
    </message>
    <message>
        <source>a command waits for it</source>
        <translation>có việc đang chờ tệp này</translation>
    </message>
    <message>
        <source>goes with the syncs</source>
        <translation>đi cùng các lần đồng bộ</translation>
    </message>
</context>
<context>
    <name>Values</name>
    <message>
        <source>Attached file</source>
        <translation>Tệp đính kèm</translation>
    </message>
    <message>
        <source>Stamped original</source>
        <translation>Bản gốc đóng dấu</translation>
    </message>
    <message>
        <source>Language of the text</source>
        <translation>Ngôn ngữ bài</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>có</translation>
    </message>
    <message>
        <source>no</source>
        <translation>không</translation>
    </message>
</context>
<context>
    <name>Versions</name>
    <message>
        <source>revision {number}</source>
        <translation>bản {number}</translation>
    </message>
    <message>
        <source>as it was left</source>
        <translation>lúc ngừng tay</translation>
    </message>
    <message>
        <source>waits to be sent</source>
        <translation>chờ gửi</translation>
    </message>
    <message>
        <source>kept on this machine</source>
        <translation>giữ trên máy này</translation>
    </message>
    <message>
        <source>beginning</source>
        <translation>phần đầu</translation>
    </message>
    <message>
        <source>{articles}: unchanged</source>
        <translation>{articles}: không đổi</translation>
    </message>
    <message>
        <source>new</source>
        <translation>mới</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>đã bỏ</translation>
    </message>
    <message>
        <source>was {article}</source>
        <translation>trước là {article}</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>đã sửa</translation>
    </message>
</context>
<context>
    <name>VersionsDialog</name>
    <message>
        <source>Earlier texts</source>
        <translation>Các bản trước</translation>
    </message>
    <message>
        <source>Write on with this text</source>
        <translation>Viết tiếp từ bản này</translation>
    </message>
    <message>
        <source>No earlier text yet</source>
        <translation>Chưa có bản nào trước đây</translation>
    </message>
    <message>
        <source>A text is kept when its writer pauses, and each time the portal numbers it.</source>
        <translation>Mỗi lần người viết ngừng tay, và mỗi lần Cổng đánh số bản, nội dung lúc ấy được giữ lại.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>What changed since</source>
        <translation>Đã đổi gì từ đó</translation>
    </message>
    <message>
        <source>By Điều</source>
        <translation>Theo Điều</translation>
    </message>
    <message>
        <source>As it was typed</source>
        <translation>Đúng như đã gõ</translation>
    </message>
    <message>
        <source>For legal documents</source>
        <translation>Dành cho văn bản</translation>
    </message>
    <message numerus="yes">
        <source>%n older text(s) are kept no more.</source>
        <translation>
            <numerusform>%n bản cũ hơn không còn giữ nữa.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>(no title yet)</source>
        <translation>(chưa có tiêu đề)</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>Trên máy này</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Đang gửi</translation>
    </message>
    <message>
        <source>Received by the portal</source>
        <translation>Máy chủ đã nhận</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>Công khai</translation>
    </message>
    <message>
        <source>Refused, see To settle</source>
        <translation>Bị từ chối, xem Cần xử lý</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Đã rút lại</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>Văn bản</translation>
    </message>
    <message>
        <source>A remark</source>
        <translation>Nhận xét</translation>
    </message>
    <message>
        <source>Package of {member}, exported {time}.</source>
        <translation>Gói của {member}, xuất lúc {time}.</translation>
    </message>
    <message>
        <source>Everything in it is here already.</source>
        <translation>Mọi việc trong gói đã có ở đây.</translation>
    </message>
    <message>
        <source>It brings: {what}.</source>
        <translation>Sẽ nhận: {what}.</translation>
    </message>
    <message>
        <source>Decisions in it go out with the next sync, the oldest of {time}.</source>
        <translation>Quyết định trong gói được gửi ở lần đồng bộ tới, cũ nhất từ {time}.</translation>
    </message>
    <message>
        <source>Brought in: {what}</source>
        <translation>Đã nhận: {what}</translation>
    </message>
    <message>
        <source>texts: %n</source>
        <translation>%n văn bản</translation>
    </message>
    <message>
        <source>decisions: %n</source>
        <translation>%n quyết định</translation>
    </message>
    <message>
        <source>remarks: %n</source>
        <translation>%n ý kiến</translation>
    </message>
    <message>
        <source>unfinished texts: %n</source>
        <translation>%n bản đang viết</translation>
    </message>
    <message>
        <source>unfinished texts for the history, as you write others here: %n</source>
        <translation>%n bản đang viết vào lịch sử, vì ở đây bạn đang viết bản khác</translation>
    </message>
    <message>
        <source>files: %n</source>
        <translation>%n tệp</translation>
    </message>
    <message>
        <source>decisions from before the portal was restored, not repeated: %n</source>
        <translation>%n quyết định có từ trước khi Cổng được phục hồi, không lặp lại</translation>
    </message>
    <message>
        <source>already here: %n</source>
        <translation>%n việc đã có ở đây</translation>
    </message>
    <message>
        <source>Not synchronised for {days} days. </source>
        <translation>Đã {days} ngày chưa đồng bộ. </translation>
    </message>
    <message>
        <source>To be sent: {what}.</source>
        <translation>Sẽ gửi: {what}.</translation>
    </message>
    <message>
        <source>To be received: everything since {time}.</source>
        <translation>Sẽ nhận: mọi thay đổi từ {time}.</translation>
    </message>
    <message>
        <source>nothing new</source>
        <translation>không có gì mới</translation>
    </message>
    <message>
        <source>sent {sent}, received {received}</source>
        <translation>gửi {sent}, nhận {received}</translation>
    </message>
    <message>
        <source>the portal could not take it; see To settle</source>
        <translation>Cổng chưa nhận được; xem Cần xử lý</translation>
    </message>
    <message>
        <source>waits for its file</source>
        <translation>chờ tệp đính kèm</translation>
    </message>
    <message>
        <source>waits for what stands before it</source>
        <translation>chờ việc đứng trước</translation>
    </message>
    <message>
        <source>sending is paused</source>
        <translation>đang tạm dừng gửi</translation>
    </message>
    <message>
        <source>waits for a sign-in</source>
        <translation>chờ đăng nhập</translation>
    </message>
    <message>
        <source>waits for a network</source>
        <translation>chờ có mạng</translation>
    </message>
    <message>
        <source>the answer has not come yet</source>
        <translation>chưa có trả lời</translation>
    </message>
    <message>
        <source>goes with the next sync</source>
        <translation>đi trong lần đồng bộ tới</translation>
    </message>
    <message>
        <source>Operation {id}</source>
        <translation>Việc số {id}</translation>
    </message>
    <message>
        <source>number {number} of this machine</source>
        <translation>thứ {number} của máy này</translation>
    </message>
    <message>
        <source>times sent: %n</source>
        <translation>đã gửi %n lần</translation>
    </message>
    <message>
        <source>text {rid}</source>
        <translation>bản {rid}</translation>
    </message>
</context>
<context>
    <name>WorkArea</name>
    <message>
        <source>This text is not yours to correct now</source>
        <translation>Hiện bạn không được sửa bài này</translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>empty</source>
        <translation>trống</translation>
    </message>
    <message>
        <source>check</source>
        <translation>xem lại</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>bỏ qua</translation>
    </message>
</context>
</TS>
